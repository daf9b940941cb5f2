package dev.loadstar.warehouse.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads what {@link java.sql.DatabaseMetaData#getIndexInfo} tells. */
public final class IndexColumns {
  private IndexColumns() {}

  /**
   * The columns of whole indexes, in order.
   *
   * @param rows are closed
   */
  public static List<List<String>> of(ResultSet rows) throws SQLException {
    Map<String, List<String>> indexes = new LinkedHashMap<>();
    Set<String> partial = new TreeSet<>();
    try (rows) {
      while (rows.next()) {
        String name = rows.getString("INDEX_NAME");
        String column = rows.getString("COLUMN_NAME");
        if (name == null) {
          continue; // statistics of the table
        }
        if (column == null || rows.getString("FILTER_CONDITION") != null) {
          partial.add(name);
        }
        indexes.computeIfAbsent(name, n -> new ArrayList<>()).add(column);
      }
    }
    indexes.keySet().removeAll(partial);
    return List.copyOf(indexes.values());
  }
}
