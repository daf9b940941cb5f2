package dev.loadstar.jdbc;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All that differs from one make of database to the next. Stateless, thread safe. */
public interface Engine {
  /** {@code postgresql} or {@code mysql}; also the folder of its migrations. */
  String name();

  /** Driver options that the URL does not need to name; what the URL says wins. */
  Map<String, String> connectionProperties();

  /** Options that only connections for bulk loading get, on top of the others. */
  Map<String, String> loadingProperties();

  /** Run once on every new connection: time zone UTC, nothing else that a URL may ask for. */
  List<String> sessionStatements();

  /** Run once on every new connection for bulk loading, after {@link #sessionStatements()}. */
  List<String> loadingStatements();

  /** One quoted identifier, whatever characters it has. */
  String quote(String identifier);

  /** Quotes each part: {@code name("dw", "dim_customer")}. */
  default String name(String... parts) {
    return Arrays.stream(parts).map(this::quote).collect(Collectors.joining("."));
  }

  SqlFailure classify(SQLException failure);

  /**
   * Looks a table or view up.
   *
   * @param table {@code table} or {@code schema.table}, spelled as the database does
   */
  Optional<TableInfo> table(Connection connection, String table) throws SQLException;

  /** A statement that delivers rows as they come instead of keeping them all in memory. */
  PreparedStatement streaming(Connection connection, String sql) throws SQLException;

  ColumnReader reader(ColumnType type);

  /**
   * Runs a query whose rows go into batches.
   *
   * @param binds parameters of the query, as JDBC takes them
   */
  RowFiller filler(Connection connection, String sql, List<Column> columns, List<Object> binds)
      throws SQLException;

  /**
   * Prepares a table to be read in full by several connections and begins the transaction whose
   * state they share.
   *
   * @param connection in auto-commit mode; in a transaction only where something is returned
   * @param from quoted, with its schema
   * @return empty where one connection does as well, or the server does not share its state
   */
  Optional<PartedTable> parted(Connection connection, String from) throws SQLException;

  /**
   * Appends rows to a table as fast as the engine takes them.
   *
   * @param connection from {@link Database#connectForLoading()}
   * @param table quoted
   * @param columns whose types the table's columns have, as {@link #columnType} declares them
   * @return rows that the server says it took
   * @throws SQLException when the server refused the rows, or took them with warnings
   */
  long load(Connection connection, String table, List<Column> columns, RowSource rows)
      throws SQLException;

  /** How a column of a new table is declared to hold such values. */
  String columnType(ColumnType type);
}
