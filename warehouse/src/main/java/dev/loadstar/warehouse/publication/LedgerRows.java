package dev.loadstar.warehouse.publication;

import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.jdbc.Engine;
import dev.loadstar.warehouse.WarehouseTarget;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rows of tables of {@code etl}, each a map from column to value. Columns are named in every
 * statement, so that one that a later migration adds does not break this loader. Stateless, thread
 * safe.
 */
final class LedgerRows {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

  private final WarehouseTarget target;
  private final Engine engine;

  LedgerRows(WarehouseTarget target) {
    this.target = target;
    this.engine = target.database().engine();
  }

  /**
   * @param rows with the same columns in the same order
   */
  void insert(Connection connection, String table, List<Map<String, Object>> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    Map<String, Object> first = rows.get(0);
    String sql =
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(
                target.etl(table),
                first.keySet().stream().map(engine::quote).collect(Collectors.joining(", ")),
                first.values().stream().map(this::place).collect(Collectors.joining(", ")));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Map<String, Object> row : rows) {
        bind(statement, row.values());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** Sets columns of the only row. */
  void update(Connection connection, String table, Map<String, Object> row) throws SQLException {
    String sql = "UPDATE " + target.etl(table) + " SET " + equal(row, ", ");
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, row.values());
      statement.executeUpdate();
    }
  }

  void delete(Connection connection, String table, Map<String, Object> where) throws SQLException {
    String sql = "DELETE FROM " + target.etl(table) + " WHERE " + equal(where, " AND ");
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, where.values());
      statement.executeUpdate();
    }
  }

  private String equal(Map<String, Object> row, String between) {
    return row.entrySet().stream()
        .map(cell -> engine.quote(cell.getKey()) + " = " + place(cell.getValue()))
        .collect(Collectors.joining(between));
  }

  /** Times as text and a cast: drivers would put the JVM's time zone in between. */
  private String place(Object value) {
    if (value instanceof Instant) {
      return "CAST(? AS " + engine.columnType(Simple.TIMESTAMP) + ")";
    }
    return value instanceof LocalDate ? "CAST(? AS DATE)" : "?";
  }

  private static void bind(PreparedStatement statement, Collection<Object> values)
      throws SQLException {
    int position = 1;
    for (Object value : values) {
      if (value instanceof Instant instant) {
        statement.setString(position++, TIME.format(instant));
      } else if (value instanceof LocalDate date) {
        statement.setString(position++, date.toString());
      } else {
        statement.setObject(position++, value);
      }
    }
  }
}
