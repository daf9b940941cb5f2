package dev.loadstar.starschema.model;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.yaml.Suggestion;
import dev.loadstar.core.yaml.YamlList;
import dev.loadstar.core.yaml.YamlMap;
import dev.loadstar.core.yaml.YamlNode;
import dev.loadstar.core.yaml.YamlScalar;
import dev.loadstar.starschema.model.FactModel.DimensionUse;
import dev.loadstar.starschema.model.FactModel.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads one fact. */
final class FactReader {
  private final Names names;
  private final Set<String> choices;
  private final Map<String, DimensionModel> dimensions;

  /**
   * @param choices the names of every dimension, also of those that hold mistakes
   * @param dimensions those that were read, without calendars
   */
  FactReader(Names names, Set<String> choices, Map<String, DimensionModel> dimensions) {
    this.names = names;
    this.choices = choices;
    this.dimensions = dimensions;
  }

  Optional<FactModel> read(String name, YamlMap map) {
    Map<String, ColumnType> grain =
        map.require("grain").map(node -> grain(map, node)).orElse(Map.of());
    Optional<String> eventTime =
        map.require("event_time").flatMap(node -> Names.column(map, "event_time"));
    Map<String, DimensionUse> uses = new LinkedHashMap<>();
    map.requireMap("dimensions")
        .ifPresent(
            body ->
                body.keys()
                    .forEach(
                        key -> use(body, key.name()).ifPresent(use -> uses.put(key.name(), use))));
    List<Measure> measures = map.map("measures").map(MeasureReader::read).orElse(List.of());
    Map<String, ColumnType> attributes = map.map("attributes").map(this::types).orElse(Map.of());
    Optional<FactModel> fact =
        eventTime.map(
            time -> new FactModel(name, grain, time, uses, measures, attributes, List.of()));
    fact.ifPresent(f -> checkUnique(f, map));
    List<FactFeedModel> feeds = new ArrayList<>();
    Optional<YamlMap> from = map.requireMap("from");
    if (from.isPresent() && from.get().keys().isEmpty()) {
      map.problem("from", "expected one or more entities, found none; name them");
    }
    from.ifPresent(
        body ->
            body.keys()
                .forEach(
                    key ->
                        fact.flatMap(f -> new FeedReader(names, f).read(body, key.name()))
                            .ifPresent(feeds::add)));
    map.refuseOthers();
    return fact.map(
        f -> new FactModel(name, grain, f.eventTime(), uses, measures, attributes, feeds));
  }

  private Map<String, ColumnType> grain(YamlMap map, YamlNode node) {
    Map<String, ColumnType> grain = new LinkedHashMap<>();
    if (node instanceof YamlList || node instanceof YamlScalar) {
      Names.columns(map, "grain").forEach(c -> grain.put(c, ColumnType.Simple.TEXT));
    } else {
      node.asMap().ifPresent(body -> grain.putAll(types(body)));
    }
    if (grain.isEmpty()) {
      map.problem("grain", "expected one or more columns that tell facts apart; name them");
    }
    return grain;
  }

  private Map<String, ColumnType> types(YamlMap body) {
    Map<String, ColumnType> types = new LinkedHashMap<>();
    for (YamlMap.Key key : body.keys()) {
      boolean sound = Names.isName(key.name(), m -> body.problem(key.name(), m));
      Optional<ColumnType> type = body.scalar(key.name()).flatMap(YamlScalar::columnType);
      if (sound && type.isPresent()) {
        types.put(key.name(), type.get());
      }
    }
    return types;
  }

  private Optional<DimensionUse> use(YamlMap body, String role) {
    boolean sound = Names.isName(role, m -> body.problem(role, m));
    String dimension = role;
    Optional<String> column;
    if (body.find(role).orElseThrow() instanceof YamlMap use) {
      dimension = use.requireText("dimension").orElse("");
      column = use.require("column").flatMap(node -> Names.column(use, "column"));
      use.refuseOthers();
    } else {
      column = Names.column(body, role);
    }
    if (!dimension.isEmpty() && !choices.contains(dimension)) {
      body.problem(
          role, "unknown dimension \"" + dimension + "\"" + Suggestion.among(dimension, choices));
    }
    DimensionModel model = dimensions.get(dimension);
    if (model != null && model.key().size() > 1) {
      body.problem(
          role,
          "dimension \"%s\" has a key of %d columns; a fact needs one of a single column"
              .formatted(dimension, model.key().size()));
    }
    String named = dimension;
    return sound ? column.map(c -> new DimensionUse(named, c)) : Optional.empty();
  }

  /** Every column of the table has a name of its own. */
  private static void checkUnique(FactModel fact, YamlMap map) {
    Set<String> taken = new TreeSet<>();
    taken.add(fact.surrogateKey());
    fact.grain().keySet().forEach(c -> take(c, "grain", taken, map));
    take(fact.eventTime(), "event_time", taken, map);
    fact.dimensions().keySet().forEach(role -> take(role + "_key", "dimensions", taken, map));
    fact.measures().forEach(m -> take(m.name(), "measures", taken, map));
    fact.attributes().keySet().forEach(c -> take(c, "attributes", taken, map));
  }

  private static void take(String column, String where, Set<String> taken, YamlMap map) {
    if (!taken.add(column)) {
      map.problem(
          where, "the fact would have two columns \"%s\"; remove or rename one".formatted(column));
    }
  }
}
