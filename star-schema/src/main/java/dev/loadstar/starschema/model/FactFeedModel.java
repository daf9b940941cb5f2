package dev.loadstar.starschema.model;

import dev.loadstar.core.name.EntityName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One entity whose rows become facts.
 *
 * @param lines the driving entity: a row is at most one fact
 * @param header the entity that the lines belong to, joined on its kept state
 * @param set constants as written; for a dimension {@code unknown} or {@code not_applicable}
 * @param columns Spark SQL over the columns of lines and header
 * @param cancelledWhen Spark SQL that is true for a line that is no fact
 */
public record FactFeedModel(
    EntityName lines,
    Optional<Header> header,
    Map<String, String> set,
    Map<String, String> columns,
    Optional<String> cancelledWhen) {
  /**
   * @param by the column, of the same name in both, that is the header's key
   */
  public record Header(EntityName entity, String by) {}

  public FactFeedModel {
    set = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(set));
    columns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }
}
