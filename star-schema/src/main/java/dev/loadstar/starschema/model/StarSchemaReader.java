package dev.loadstar.starschema.model;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.project.ProjectFolder;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.core.yaml.YamlMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code star-schema.yaml}; needs no Spark session. Not thread safe while it reads. */
public final class StarSchemaReader {
  private final Problems problems;
  private final DimensionReader dimensionReader;
  private final Names names;
  private final Map<String, DimensionModel> dimensions = new LinkedHashMap<>();
  private final Map<String, CalendarModel> calendars = new LinkedHashMap<>();
  private final Map<String, FactModel> facts = new LinkedHashMap<>();
  private final Map<String, YamlMap.Key> dimensionKeys = new LinkedHashMap<>();
  private final Map<String, YamlMap.Key> factKeys = new LinkedHashMap<>();

  private StarSchemaReader(Problems problems, Set<EntityName> known) {
    this.problems = problems;
    this.names = new Names(known);
    this.dimensionReader = new DimensionReader(names);
  }

  /**
   * @param folder whose problems take every mistake
   * @param known the project's entities
   * @return empty after a mistake, and when the project has no such file, which is none
   */
  public static Optional<StarSchema> read(ProjectFolder folder, Set<EntityName> known) {
    Problems problems = folder.problems();
    int before = problems.count();
    List<YamlMap> files = folder.read("star-schema", false);
    StarSchemaReader reader = new StarSchemaReader(problems, known);
    for (YamlMap file : files) {
      file.map("dimensions").ifPresent(reader::dimensions);
    }
    for (YamlMap file : files) { // a fact may stand in a file before its dimensions
      file.map("facts").ifPresent(reader::facts);
      file.refuseOthers();
    }
    boolean isEmpty = reader.dimensionKeys.isEmpty() && reader.factKeys.isEmpty();
    if (!files.isEmpty() && isEmpty && problems.count() == before) {
      files.get(0).problem("expected \"dimensions\" and \"facts\", found none; add them");
    }
    if (files.isEmpty() || problems.count() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new StarSchema(
            new ArrayList<>(reader.dimensions.values()),
            new ArrayList<>(reader.calendars.values()),
            new ArrayList<>(reader.facts.values()),
            Places.of(files)));
  }

  private void dimensions(YamlMap map) {
    for (YamlMap.Key key : map.keys()) {
      if (isNew(key, dimensionKeys, map)) {
        map.map(key.name()).ifPresent(body -> dimension(key, body));
      }
    }
  }

  private void dimension(YamlMap.Key key, YamlMap body) {
    boolean isCalendar = body.has("calendar");
    if (isCalendar && body.has("from")) {
      body.problem(
          "calendar", "a dimension has \"from\" or \"calendar\", found both; remove \"calendar\"");
    } else if (isCalendar) {
      body.map("calendar")
          .flatMap(m -> CalendarReader.read(key.name(), m))
          .ifPresent(c -> calendars.put(key.name(), c));
      body.refuseOthers();
    } else {
      dimensionReader.read(key.name(), body).ifPresent(d -> dimensions.put(key.name(), d));
    }
  }

  private void facts(YamlMap map) {
    Set<String> choices = dimensionKeys.keySet();
    for (YamlMap.Key key : map.keys()) {
      if (isNew(key, factKeys, map)) {
        map.map(key.name())
            .flatMap(body -> new FactReader(names, choices, dimensions).read(key.name(), body))
            .ifPresent(fact -> facts.put(key.name(), fact));
      }
    }
  }

  private boolean isNew(YamlMap.Key key, Map<String, YamlMap.Key> seen, YamlMap map) {
    YamlMap.Key first = seen.putIfAbsent(key.name(), key);
    if (first != null) {
      problems.add(
          key.location(),
          "\"%s\" is already defined in %s; remove one".formatted(key.name(), first.location()));
      return false;
    }
    return Names.isName(key.name(), message -> map.problem(key.name(), message));
  }
}
