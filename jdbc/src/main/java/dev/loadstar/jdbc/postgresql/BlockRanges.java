package dev.loadstar.jdbc.postgresql;

import dev.loadstar.jdbc.PartedTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table in ranges of its blocks, read out of one exported snapshot.
 *
 * @param snapshot as {@code pg_export_snapshot()} names it
 */
record BlockRanges(List<String> conditions, String snapshot) implements PartedTable {
  /** Scans of a range of row places came with PostgreSQL 14; before, each reads the whole table. */
  private static final int FIRST_MAJOR_VERSION = 14;

  /** 8 MiB, of what is usually a hundred thousand rows: less is not worth a query of its own. */
  private static final long LEAST_BLOCKS = 1_024;

  private static final long MOST_RANGES = 64;

  private static final String BLOCKS =
      """
      SELECT pg_catalog.pg_relation_size(c.oid)
             / pg_catalog.current_setting('block_size')::pg_catalog.int8
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_am m ON m.oid = c.relam AND m.amname = 'heap'
      WHERE c.oid = pg_catalog.to_regclass(?) AND c.relkind IN ('r', 'm') AND NOT c.relhassubclass
      """;

  BlockRanges {
    conditions = List.copyOf(conditions);
  }

  static Optional<PartedTable> of(Connection connection, String from) throws SQLException {
    if (connection.getMetaData().getDatabaseMajorVersion() < FIRST_MAJOR_VERSION) {
      return Optional.empty();
    }
    List<String> conditions = ranges(blocks(connection, from));
    return conditions.size() < 2
        ? Optional.empty()
        : exported(connection).map(snapshot -> new BlockRanges(conditions, snapshot));
  }

  /** 0 for what is no plain table: views, partitioned tables, tables of others. */
  private static long blocks(Connection connection, String from) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BLOCKS)) {
      statement.setString(1, from);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /** The last one has no end, as the table may grow until the snapshot is taken. */
  static List<String> ranges(long blocks) {
    long step = Math.max(LEAST_BLOCKS, (blocks + MOST_RANGES - 1) / MOST_RANGES);
    long count = Math.max(1, blocks / step);
    List<String> ranges = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      String start = "ctid >= '(%d,0)'".formatted(i * step);
      ranges.add(i == count - 1 ? start : start + " AND ctid < '(%d,0)'".formatted((i + 1) * step));
    }
    return ranges;
  }

  /** Empty where the server refuses, as some that stand by or stand between do. */
  private static Optional<String> exported(Connection connection) throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_export_snapshot()")) {
      row.next();
      return Optional.of(row.getString(1));
    } catch (SQLException e) {
      connection.rollback();
      connection.setAutoCommit(true);
      return Optional.empty();
    }
  }

  @Override
  public void join(Connection other) throws SQLException {
    other.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    other.setAutoCommit(false);
    try (Statement statement = other.createStatement()) {
      statement.execute("SET TRANSACTION SNAPSHOT '" + snapshot.replace("'", "''") + "'");
    }
  }
}
