package dev.loadstar.transform;

import dev.loadstar.core.type.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the project says about an entity, all names in snake_case. Immutable.
 *
 * @param key the declared key; empty takes the one of the source's catalogue
 * @param types declared column types; other columns keep the source's type, text where it has none
 * @param changeTime the column that says when a row changed; empty takes the load's cursor. Rows
 *     with the same key and different change times are different observations
 * @param digests columns that need a change digest; those that do not exist are left out
 */
public record EntityDeclaration(
    List<String> key,
    Map<String, ColumnType> types,
    Optional<String> changeTime,
    Set<String> digests) {
  public EntityDeclaration {
    key = List.copyOf(key);
    types = Map.copyOf(types);
    digests = Set.copyOf(digests);
  }
}
