package dev.loadstar.lake.parquet;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rows to be found by what stands in some columns, values as {@link RowWriter} says. A key with a
 * null finds nothing.
 *
 * @param columns those that decide, at least one
 * @param keys the values wanted, each in the order of the columns
 */
public record RowKeys(List<Column> columns, Set<List<Object>> keys) {
  public RowKeys {
    columns = List.copyOf(columns);
    if (columns.isEmpty() || !columns.stream().map(Column::type).allMatch(RowKeys::knows)) {
      throw new IllegalArgumentException("rows cannot be found by such columns");
    }
  }

  public static RowKeys of(List<Column> columns, Iterable<Object[]> keys) {
    Set<List<Object>> all = new HashSet<>();
    for (Object[] key : keys) {
      List<Object> values = new ArrayList<>(columns.size());
      for (Object value : key) {
        if (value != null) {
          values.add(value);
        }
      }
      if (values.size() == columns.size()) {
        all.add(values);
      }
    }
    return new RowKeys(columns, all);
  }

  /** Whether values of a type are equal where a database says so. */
  public static boolean knows(ColumnType type) {
    return type != Simple.FLOAT && type != Simple.DOUBLE && type != Simple.BINARY;
  }

  /** What the first column must be one of. */
  RowFilter first() {
    Set<Object> values = new HashSet<>();
    keys.forEach(key -> values.add(key.get(0)));
    return new RowFilter.Among(columns.get(0), values);
  }
}
