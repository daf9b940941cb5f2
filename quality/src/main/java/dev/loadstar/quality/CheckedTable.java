package dev.loadstar.quality;

import java.util.List;
import java.util.Optional;

/**
 * What the standing checks must know of a table of the star. Immutable.
 *
 * @param name for example {@code dim_customer}
 * @param key the surrogate primary key's column
 * @param identity columns of a dimension's natural key or of a fact's grain; may be empty for a
 *     dimension whose key says it all, such as the calendar
 * @param versioned whether it has {@code valid_from}, {@code valid_to}, {@code is_current} and
 *     {@code is_deleted}
 * @param foreignKeys of a fact
 * @param eventTime of a fact: must lie within the version that each foreign key names
 */
public record CheckedTable(
    String name,
    Kind kind,
    String key,
    List<String> identity,
    boolean versioned,
    List<ForeignKey> foreignKeys,
    Optional<String> eventTime) {
  /** What a table is in the star. */
  public enum Kind {
    DIMENSION,
    FACT
  }

  /** A column that refers to the primary key of a dimension's table. */
  public record ForeignKey(String column, String table) {}

  public CheckedTable {
    identity = List.copyOf(identity);
    foreignKeys = List.copyOf(foreignKeys);
    if (kind == Kind.FACT && identity.isEmpty()) {
      throw new IllegalArgumentException("a fact needs a grain");
    }
  }

  public static CheckedTable dimension(
      String name, String key, List<String> naturalKey, boolean versioned) {
    return new CheckedTable(
        name, Kind.DIMENSION, key, naturalKey, versioned, List.of(), Optional.empty());
  }

  public static CheckedTable fact(
      String name,
      String key,
      List<String> grain,
      List<ForeignKey> foreignKeys,
      Optional<String> eventTime) {
    return new CheckedTable(name, Kind.FACT, key, grain, false, foreignKeys, eventTime);
  }
}
