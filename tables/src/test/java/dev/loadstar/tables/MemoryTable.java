package dev.loadstar.tables;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A table that is a map from its key to its rows.
 *
 * @param content never changed
 */
record MemoryTable(TableShape shape, NavigableMap<Object[], Object[]> content, long nextKey)
    implements Table {
  MemoryTable {
    content = Collections.unmodifiableNavigableMap(content);
  }

  static MemoryTable empty(TableShape shape) {
    return new MemoryTable(shape, byKey(shape), 1);
  }

  static List<Column> keyColumns(TableShape shape) {
    return shape.key().stream().map(name -> shape.column(name).orElseThrow().plain()).toList();
  }

  /** An empty map for rows of that shape. */
  static NavigableMap<Object[], Object[]> byKey(TableShape shape) {
    return new TreeMap<>(new KeyOrder(keyColumns(shape), shape.key()));
  }

  @Override
  public long rows() {
    return content.size();
  }

  /** The same rows with other columns. */
  MemoryTable as(TableShape wanted) {
    for (TableColumn old : shape.columns()) {
      Optional<TableColumn> now = wanted.column(old.name());
      if (now.isPresent() && !Widening.fits(old.type(), now.get().type())) {
        throw new IllegalArgumentException("does not widen");
      }
    }
    NavigableMap<Object[], Object[]> rows = byKey(wanted);
    KeyOrder key = new KeyOrder(wanted.plainColumns(), wanted.key());
    for (Object[] row : content.values()) {
      Object[] next = as(row, wanted.plainColumns());
      rows.put(key.keyOf(next), next);
    }
    return new MemoryTable(wanted, rows, nextKey);
  }

  /** A row of this table with other columns. */
  Object[] as(Object[] row, List<Column> wanted) {
    return wanted.stream()
        .map(
            column -> {
              int position = shape.names().indexOf(column.name());
              return position < 0 ? null : widened(row[position], column.type());
            })
        .toArray();
  }

  private static Object widened(Object value, ColumnType type) {
    if (value instanceof Number number && type instanceof Decimal decimal) {
      BigDecimal exact =
          number instanceof BigDecimal big ? big : BigDecimal.valueOf(number.longValue());
      return exact.setScale(decimal.scale());
    }
    if (value instanceof Integer number && type == Simple.BIGINT) {
      return number.longValue();
    }
    return value instanceof Float number && type == Simple.DOUBLE ? number.doubleValue() : value;
  }
}
