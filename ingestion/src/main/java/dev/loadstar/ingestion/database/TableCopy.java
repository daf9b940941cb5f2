package dev.loadstar.ingestion.database;

import dev.loadstar.core.row.RowBatch;
import dev.loadstar.core.row.ValueBuffer;
import dev.loadstar.ingestion.RawRowSink;
import dev.loadstar.jdbc.BatchStream;
import dev.loadstar.jdbc.Database;
import dev.loadstar.jdbc.PartedTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Copies a table into sinks: by one query, or a large one in parts. Thread safe.
 *
 * @param helpers a permit for each connection that may be opened besides the first
 */
record TableCopy(Database database, Semaphore helpers, TableSplit split) {
  CopiedRows into(RawRowSink sink) {
    try (Connection connection = database.connect()) {
      connection.setReadOnly(true);
      Optional<PartedTable> parts =
          split.inFull() ? database.engine().parted(connection, split.from()) : Optional.empty();
      // PostgreSQL sends rows in portions within a transaction only
      connection.setAutoCommit(false);
      CopiedRows copied =
          parts.isPresent()
              ? new PartedCopy(this, parts.get()).into(connection, sink)
              : query(connection, split.sql(), origin(), sink, () -> false, CopiedRows.NONE);
      connection.rollback();
      return copied;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  RuntimeException failure(SQLException e) {
    return database.failure("read " + split.name() + " from", e);
  }

  String origin() {
    return split.entity().entity();
  }

  /**
   * Runs one query.
   *
   * @param stop asked now and then whether the rest is not wanted
   * @param before what was copied already
   * @return the same with this query's rows
   */
  CopiedRows query(
      Connection connection,
      String sql,
      String origin,
      RawRowSink sink,
      BooleanSupplier stop,
      CopiedRows before) {
    int at = split.findCursor().map(c -> split.columns().indexOf(c.column())).orElse(-1);
    String subject = origin.equals(origin()) ? split.name() : split.name() + " (" + origin + ")";
    long rows = 0;
    long withoutCursor = before.withoutCursor();
    Object highest = before.highest();
    try (BatchStream stream =
        BatchStream.open(
            database, connection, subject, sql, split.columns(), split.binds().toArray())) {
      for (RowBatch batch = stream.next();
          batch != null && !stop.getAsBoolean();
          batch = stream.next()) {
        sink.rows(origin, rows + 1, batch);
        rows += batch.rows();
        if (at >= 0) {
          ValueBuffer cursor = batch.column(at);
          highest = split.cursor().later(highest, split.cursor().latest(cursor));
          withoutCursor += cursor.nullRows();
        }
      }
    }
    return new CopiedRows(before.rows() + rows, withoutCursor, highest);
  }

  /** Both together. */
  CopiedRows sum(CopiedRows one, CopiedRows other) {
    return new CopiedRows(
        one.rows() + other.rows(),
        one.withoutCursor() + other.withoutCursor(),
        split
            .findCursor()
            .map(cursor -> cursor.later(one.highest(), other.highest()))
            .orElse(null));
  }
}
