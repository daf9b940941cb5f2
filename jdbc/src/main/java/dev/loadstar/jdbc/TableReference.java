package dev.loadstar.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Columns that name a row of another table.
 *
 * @param columns the referring columns
 * @param table the table referred to, as {@link Engine#table} takes it
 * @param key its columns, in the order of {@code columns}
 */
public record TableReference(List<String> columns, String table, List<String> key) {
  public TableReference {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    if (columns.isEmpty() || columns.size() != key.size()) {
      throw new IllegalArgumentException("a foreign key pairs columns");
    }
  }

  /**
   * Those of fewest columns first, otherwise in the order of the rows.
   *
   * @param pairs constraint, column, schema and name of the table referred to, its column; the
   *     pairs of one constraint together and in order
   */
  public static List<TableReference> of(ResultSet pairs) throws SQLException {
    Map<String, TableReference> keys = new LinkedHashMap<>();
    while (pairs.next()) {
      String table = pairs.getString(3) + "." + pairs.getString(4);
      TableReference pair =
          new TableReference(List.of(pairs.getString(2)), table, List.of(pairs.getString(5)));
      keys.merge(pairs.getString(1), pair, TableReference::and);
    }
    return keys.values().stream()
        .sorted(Comparator.comparing(key -> key.columns().size()))
        .toList();
  }

  private TableReference and(TableReference more) {
    List<String> both = new ArrayList<>(columns);
    both.addAll(more.columns);
    List<String> keys = new ArrayList<>(key);
    keys.addAll(more.key);
    return new TableReference(both, table, keys);
  }
}
