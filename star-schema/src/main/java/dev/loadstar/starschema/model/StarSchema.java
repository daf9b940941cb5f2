package dev.loadstar.starschema.model;

import dev.loadstar.core.name.EntityName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@code star-schema.yaml}: what the star is made of. */
public record StarSchema(
    List<DimensionModel> dimensions, List<CalendarModel> calendars, List<FactModel> facts) {
  public StarSchema {
    dimensions = List.copyOf(dimensions);
    calendars = List.copyOf(calendars);
    facts = List.copyOf(facts);
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
