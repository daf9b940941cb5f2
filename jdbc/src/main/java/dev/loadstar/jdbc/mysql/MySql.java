package dev.loadstar.jdbc.mysql;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.jdbc.ColumnReader;
import dev.loadstar.jdbc.Engine;
import dev.loadstar.jdbc.PartedTable;
import dev.loadstar.jdbc.ResultFiller;
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

/** MySQL 8 and later and MariaDB 10.11 and later, by Connector/J. */
public final class MySql implements Engine {
  @Override
  public String name() {
    return "mysql";
  }

  @Override
  public Map<String, String> connectionProperties() {
    return Map.of(
        "connectionAttributes", "program_name:loadstar",
        "connectTimeout", "10000",
        "tcpKeepAlive", "true",
        "characterEncoding", "UTF-8",
        "connectionTimeZone", "UTC", // what the driver takes wall clocks for
        "useServerPrepStmts", "true", // binary rows: a third faster, and floats arrive exact
        "yearIsDateType", "false");
  }

  @Override
  public Map<String, String> loadingProperties() {
    return Map.of("allowLoadLocalInfile", "true");
  }

  @Override
  public List<String> sessionStatements() {
    return List.of("SET time_zone = '+00:00'"); // 'UTC' is unknown where zone tables are not loaded
  }

  @Override
  public List<String> loadingStatements() {
    // Strict, or values would be cut to fit. Not ANSI_QUOTES or NO_BACKSLASH_ESCAPES, whatever the
    // server's default: LOAD DATA's clauses are written with both in mind.
    return List.of("SET sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'");
  }

  @Override
  public String quote(String identifier) {
    return '`' + identifier.replace("`", "``") + '`';
  }

  @Override
  public SqlFailure classify(SQLException failure) {
    switch (failure.getErrorCode()) {
      case MySqlErrors.ACCESS_DENIED, MySqlErrors.ACCESS_DENIED_NO_PASSWORD -> {
        return SqlFailure.CREDENTIALS;
      }
      case MySqlErrors.DATABASE_ACCESS_DENIED,
          MySqlErrors.TABLE_ACCESS_DENIED,
          MySqlErrors.COLUMN_ACCESS_DENIED,
          MySqlErrors.SPECIFIC_ACCESS_DENIED -> {
        return SqlFailure.MISSING_RIGHT;
      }
      case MySqlErrors.UNKNOWN_DATABASE -> {
        return SqlFailure.NO_DATABASE;
      }
      case MySqlErrors.UNKNOWN_TABLE, MySqlErrors.UNKNOWN_COLUMN -> {
        return SqlFailure.NO_OBJECT;
      }
      case MySqlErrors.TOO_MANY_CONNECTIONS,
          MySqlErrors.SERVER_SHUTDOWN,
          MySqlErrors.TOO_MANY_USER_CONNECTIONS,
          MySqlErrors.LOCK_WAIT_TIMEOUT,
          MySqlErrors.DEADLOCK,
          MySqlErrors.CONNECTION_KILLED -> {
        return SqlFailure.BUSY;
      }
      default -> {
        String state = String.valueOf(failure.getSQLState());
        if (state.startsWith(SqlStates.CONNECTION_CLASS)) {
          return SqlFailure.UNREACHABLE;
        }
        if (state.startsWith(SqlStates.AUTHORIZATION_CLASS)) {
          return SqlFailure.CREDENTIALS;
        }
        return state.startsWith(SqlStates.TRANSACTION_ROLLBACK_CLASS)
            ? SqlFailure.BUSY
            : SqlFailure.OTHER;
      }
    }
  }

  @Override
  public Optional<TableInfo> table(Connection connection, String table) throws SQLException {
    return new MySqlCatalogue(this, connection).table(table);
  }

  @Override
  public PreparedStatement streaming(Connection connection, String sql) throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    statement.setFetchSize(Integer.MIN_VALUE); // Connector/J's sign for one row at a time
    return statement;
  }

  @Override
  public ColumnReader reader(ColumnType type) {
    return ColumnReader.of(type); // TIMESTAMP comes as a wall clock of the session, which is UTC
  }

  @Override
  public RowFiller filler(
      Connection connection, String sql, List<Column> columns, List<Object> binds)
      throws SQLException {
    return new ResultFiller(this, streaming(connection, sql), columns, binds);
  }

  /** Connections see one state only while writers are locked out, so a table is one query. */
  @Override
  public Optional<PartedTable> parted(Connection connection, String from) {
    return Optional.empty();
  }

  @Override
  public long load(Connection connection, String table, List<Column> columns, RowSource rows)
      throws SQLException {
    if (LoadDataLocal.allowed(connection)) {
      return new LoadDataLocal(this, columns).load(connection, table, rows);
    }
    return new BatchedInsert(this, columns).load(connection, table, rows);
  }

  @Override
  public String columnType(ColumnType type) {
    if (type instanceof ColumnType.Decimal decimal) {
      return "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
    }
    return switch ((ColumnType.Simple) type) {
      case TEXT -> "LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
      case BOOLEAN -> "BOOLEAN";
      case INT -> "INT";
      case BIGINT -> "BIGINT";
      case FLOAT -> "FLOAT";
      case DOUBLE -> "DOUBLE";
      case DATE -> "DATE";
      case TIMESTAMP, LOCAL_TIMESTAMP -> "DATETIME(6)"; // TIMESTAMP ends in 2038
      case BINARY -> "LONGBLOB";
    };
  }
}
