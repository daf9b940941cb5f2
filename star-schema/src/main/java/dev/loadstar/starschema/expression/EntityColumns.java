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
 * @param withheld those that no classification names, so that nobody can use them
 */
public record EntityColumns(Map<String, ColumnType> columns, Set<String> withheld) {
  public EntityColumns {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    withheld = Set.copyOf(withheld);
  }
}
