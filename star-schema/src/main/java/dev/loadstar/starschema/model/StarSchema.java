package dev.loadstar.starschema.model;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.starschema.expression.EntityColumns;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** {@code star-schema.yaml}: what the star is made of. Immutable, thread safe. */
public final class StarSchema {
  private final List<DimensionModel> dimensions;
  private final List<CalendarModel> calendars;
  private final List<FactModel> facts;
  private final Places places;

  public StarSchema(
      List<DimensionModel> dimensions, List<CalendarModel> calendars, List<FactModel> facts) {
    this(dimensions, calendars, facts, Places.NONE);
  }

  StarSchema(
      List<DimensionModel> dimensions,
      List<CalendarModel> calendars,
      List<FactModel> facts,
      Places places) {
    this.dimensions = List.copyOf(dimensions);
    this.calendars = List.copyOf(calendars);
    this.facts = List.copyOf(facts);
    this.places = places;
  }

  public List<DimensionModel> dimensions() {
    return dimensions;
  }

  public List<CalendarModel> calendars() {
    return calendars;
  }

  public List<FactModel> facts() {
    return facts;
  }

  /**
   * Checks every name and expression against the columns that entities have.
   *
   * @param known what is known of an entity; empty when that is nothing yet, and what needs it is
   *     not judged then
   * @param problems take every mistake with its place
   */
  public void check(Function<EntityName, Optional<EntityColumns>> known, Problems problems) {
    DefinitionCheck check = new DefinitionCheck(known, places, problems);
    dimensions.forEach(dimension -> new DimensionCheck(check, dimension).run());
    facts.forEach(fact -> new FactCheck(check, fact).run());
  }

  public Optional<DimensionModel> dimension(String name) {
    return dimensions.stream().filter(d -> d.name().equals(name)).findFirst();
  }

  public Optional<CalendarModel> calendar(String name) {
    return calendars.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  /** Every entity that some table is built from. */
  public Set<EntityName> entities() {
    Set<EntityName> names = new TreeSet<>();
    for (DimensionModel dimension : dimensions) {
      names.add(dimension.from());
      dimension.enrichments().forEach(e -> names.add(e.entity()));
    }
    names.addAll(keptEntities());
    return names;
  }

  /** Entities whose latest rows are kept as a state table: fact lines, headers, look-ups. */
  public Set<EntityName> keptEntities() {
    Set<EntityName> names = new TreeSet<>();
    dimensions.forEach(d -> d.enrichments().forEach(e -> names.add(e.entity())));
    for (FactModel fact : facts) {
      for (FactFeedModel feed : fact.feeds()) {
        names.add(feed.lines());
        feed.header().ifPresent(header -> names.add(header.entity()));
      }
    }
    return names;
  }
}
