package dev.loadstar.jdbc.postgresql;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.jdbc.ColumnReader;
import dev.loadstar.jdbc.Engine;
import dev.loadstar.jdbc.PartedTable;
import dev.loadstar.jdbc.RowFiller;
import dev.loadstar.jdbc.RowSource;
import dev.loadstar.jdbc.SqlFailure;
import dev.loadstar.jdbc.SqlStates;
import dev.loadstar.jdbc.TableInfo;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PostgreSQL 12 and later, by pgjdbc. */
public final class PostgreSql implements Engine {
  /** Above this, round trips no longer matter; below, they do. */
  private static final int FETCH_SIZE = 10_000;

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public Map<String, String> connectionProperties() {
    return Map.of(
        "ApplicationName", "loadstar",
        "connectTimeout", "10",
        "loginTimeout", "20",
        "tcpKeepAlive", "true");
  }

  @Override
  public Map<String, String> loadingProperties() {
    return Map.of();
  }

  @Override
  public List<String> sessionStatements() {
    return List.of("SET TIME ZONE 'UTC'"); // pgjdbc starts sessions in the JVM's zone
  }

  @Override
  public List<String> loadingStatements() {
    return List.of();
  }

  @Override
  public String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  @Override
  public SqlFailure classify(SQLException failure) {
    String state = failure.getSQLState();
    if (state == null || state.length() != 5) {
      return SqlFailure.OTHER;
    }
    // pgjdbc says "connection rejected" when the server wants a password and none was given
    if (state.startsWith(SqlStates.AUTHORIZATION_CLASS)
        || state.equals(SqlStates.CONNECTION_REJECTED)) {
      return SqlFailure.CREDENTIALS;
    }
    if (state.equals(SqlStates.INSUFFICIENT_PRIVILEGE)) {
      return SqlFailure.MISSING_RIGHT;
    }
    if (state.equals(SqlStates.UNDEFINED_DATABASE)) {
      return SqlFailure.NO_DATABASE;
    }
    if (state.equals(SqlStates.UNDEFINED_TABLE)
        || state.equals(SqlStates.UNDEFINED_COLUMN)
        || state.equals(SqlStates.UNDEFINED_SCHEMA)) {
      return SqlFailure.NO_OBJECT;
    }
    if (state.startsWith(SqlStates.CONNECTION_CLASS)) {
      return SqlFailure.UNREACHABLE;
    }
    if (state.startsWith(SqlStates.TRANSACTION_ROLLBACK_CLASS)
        || state.startsWith(SqlStates.RESOURCES_CLASS)
        || state.equals(SqlStates.LOCK_NOT_AVAILABLE)
        || SqlStates.SHUTTING_DOWN.contains(state)) {
      return SqlFailure.BUSY;
    }
    return SqlFailure.OTHER;
  }

  @Override
  public Optional<TableInfo> table(Connection connection, String table) throws SQLException {
    return new PostgreSqlCatalogue(this, connection).table(table);
  }

  @Override
  public PreparedStatement streaming(Connection connection, String sql) throws SQLException {
    connection.setAutoCommit(false); // otherwise pgjdbc reads the whole result into memory
    PreparedStatement statement =
        connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    statement.setFetchSize(FETCH_SIZE);
    return statement;
  }

  @Override
  public ColumnReader reader(ColumnType type) {
    return InfiniteTimes.reader(type);
  }

  @Override
  public RowFiller filler(
      Connection connection, String sql, List<Column> columns, List<Object> binds)
      throws SQLException {
    return new BinaryRows(connection, Literals.in(sql, binds), columns);
  }

  @Override
  public Optional<PartedTable> parted(Connection connection, String from) throws SQLException {
    return BlockRanges.of(connection, from);
  }

  @Override
  public long load(Connection connection, String table, List<Column> columns, RowSource rows)
      throws SQLException {
    return new BinaryCopy(this, columns).load(connection, table, rows);
  }

  @Override
  public String columnType(ColumnType type) {
    if (type instanceof ColumnType.Decimal decimal) {
      return "numeric(" + decimal.precision() + "," + decimal.scale() + ")";
    }
    return switch ((ColumnType.Simple) type) {
      case TEXT -> "text";
      case BOOLEAN -> "boolean";
      case INT -> "integer";
      case BIGINT -> "bigint";
      case FLOAT -> "real";
      case DOUBLE -> "double precision";
      case DATE -> "date";
      case TIMESTAMP -> "timestamptz";
      case LOCAL_TIMESTAMP -> "timestamp";
      case BINARY -> "bytea";
    };
  }
}
