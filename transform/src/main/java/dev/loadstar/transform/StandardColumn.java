package dev.loadstar.transform;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.SnakeCase;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.load.RawLoad;
import dev.loadstar.lake.load.RecordFormat;
import java.io.Serializable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A column on its way from raw to standardized.
 *
 * @param source as the source spells it; empty when the load lacks a declared column
 * @param name in snake_case
 */
record StandardColumn(String source, String name, ColumnType raw, ColumnType type)
    implements Serializable {
  /** The columns of a load, and declared ones that it lacks, which are null then. */
  static Collection<StandardColumn> of(RawLoad load, EntityDeclaration declaration) {
    Map<String, StandardColumn> columns = new LinkedHashMap<>();
    boolean typed = load.format() == RecordFormat.TYPED;
    for (Column column : load.columns()) {
      String name = SnakeCase.of(column.name());
      ColumnType raw = typed ? column.type() : Simple.TEXT;
      ColumnType type = declaration.types().getOrDefault(name, raw);
      StandardColumn one = new StandardColumn(column.name(), name, raw, zoned(type));
      StandardColumn other = columns.putIfAbsent(name, one);
      if (other != null) {
        throw new LoadException(
            ErrorCode.CONFIGURATION_INVALID,
            "Cannot standardize %s: its columns \"%s\" and \"%s\" would both be %s, expected different names. Rename one in the source."
                .formatted(load.entity(), other.source(), column.name(), name));
      }
      if (one.type() == Simple.BINARY && raw != Simple.BINARY) {
        throw new LoadException(
            ErrorCode.CONFIGURATION_INVALID,
            "Cannot read %s.%s as binary: found %s, expected binary. Change its declared type."
                .formatted(load.entity(), name, raw.text()));
      }
    }
    new TreeMap<>(declaration.types())
        .forEach(
            (name, type) ->
                columns.putIfAbsent(name, new StandardColumn("", name, Simple.TEXT, zoned(type))));
    return columns.values();
  }

  boolean missing() {
    return source.isEmpty();
  }

  Column standardized() {
    return new Column(name, type);
  }

  /** A wall clock reading gets the zone of its load, so it becomes an instant. */
  private static ColumnType zoned(ColumnType type) {
    return type == Simple.LOCAL_TIMESTAMP ? Simple.TIMESTAMP : type;
  }
}
