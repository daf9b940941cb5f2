package dev.loadstar.jdbc.mysql;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.jdbc.RowSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Inserts of many rows each, for servers that forbid {@code LOAD DATA LOCAL}. */
final class BatchedInsert {
  private static final int MAX_ROWS = 500;
  private static final int MAX_PARAMETERS = 60_000; // the protocol counts them in 16 bits

  private final MySql engine;
  private final List<Column> columns;
  private final int rowsPerStatement;

  BatchedInsert(MySql engine, List<Column> columns) {
    this.engine = engine;
    this.columns = columns;
    this.rowsPerStatement = Math.max(1, Math.min(MAX_ROWS, MAX_PARAMETERS / columns.size()));
  }

  /** One transaction, unless the caller has begun one. */
  long load(Connection connection, String table, RowSource rows) throws SQLException {
    boolean own = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try {
      long loaded = insertAll(connection, table, rows);
      if (own) {
        connection.commit();
      }
      return loaded;
    } catch (SQLException | RuntimeException e) {
      if (own) {
        connection.rollback();
      }
      throw e;
    } finally {
      if (own) {
        connection.setAutoCommit(true);
      }
    }
  }

  private long insertAll(Connection connection, String table, RowSource rows) throws SQLException {
    long loaded = 0;
    List<Object[]> batch = new ArrayList<>(rowsPerStatement);
    try (PreparedStatement full = connection.prepareStatement(sql(table, rowsPerStatement))) {
      for (Object[] row = rows.next(); row != null; row = rows.next()) {
        batch.add(row.clone());
        if (batch.size() == rowsPerStatement) {
          loaded += insert(full, batch);
          batch.clear();
        }
      }
    }
    if (!batch.isEmpty()) {
      try (PreparedStatement rest = connection.prepareStatement(sql(table, batch.size()))) {
        loaded += insert(rest, batch);
      }
    }
    return loaded;
  }

  private String sql(String table, int rows) {
    String names =
        columns.stream().map(c -> engine.quote(c.name())).collect(Collectors.joining(", "));
    String row = "(" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
    return "INSERT INTO "
        + table
        + " ("
        + names
        + ") VALUES "
        + String.join(", ", Collections.nCopies(rows, row));
  }

  private long insert(PreparedStatement statement, List<Object[]> batch) throws SQLException {
    int parameter = 1;
    for (Object[] row : batch) {
      for (int i = 0; i < columns.size(); i++) {
        statement.setObject(parameter++, bind(columns.get(i).type(), row[i]));
      }
    }
    return statement.executeUpdate();
  }

  private static Object bind(ColumnType type, Object value) {
    if (value == null) {
      return null;
    }
    if (type == ColumnType.Simple.DATE
        || type == ColumnType.Simple.TIMESTAMP
        || type == ColumnType.Simple.LOCAL_TIMESTAMP) {
      return TabSeparated.text(type, value); // no zone of the driver's in between
    }
    return value;
  }
}
