package dev.loadstar.starschema.expression;

import dev.loadstar.core.type.ColumnType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What is known of an entity's columns after masking.
 *
 * @param columns in order
 * @param former those that only older loads have
 * @param withheld those that no classification names, so that nobody can use them
 */
public record EntityColumns(
    Map<String, ColumnType> columns, Map<String, ColumnType> former, Set<String> withheld) {
  public EntityColumns {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    former = Collections.unmodifiableMap(new LinkedHashMap<>(former));
    withheld = Set.copyOf(withheld);
  }

  public EntityColumns(Map<String, ColumnType> columns, Set<String> withheld) {
    this(columns, Map.of(), withheld);
  }
}
