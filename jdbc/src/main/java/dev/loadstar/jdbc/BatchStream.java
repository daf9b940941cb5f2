package dev.loadstar.jdbc;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.row.RowBatch;
import dev.loadstar.core.type.Column;
import java.io.Closeable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The rows of a query as the server sends them, a batch at a time and by the engine's fastest way.
 * Types and values that none can hold are those of {@link RowStream}. Not thread safe. The
 * connection stays the caller's.
 */
public final class BatchStream implements Closeable {
  private final Database database;
  private final String subject;
  private final RowFiller filler;
  private final RowBatch batch;
  private long read;

  /**
   * Runs a query.
   *
   * @param subject what is read, for messages: {@code shop.orders}
   * @param columns the columns of the query in order
   * @param binds parameters of the query, as JDBC takes them
   * @throws LoadException as {@link Database#failure}
   */
  public static BatchStream open(
      Database database,
      Connection connection,
      String subject,
      String sql,
      List<Column> columns,
      Object... binds) {
    try {
      RowFiller filler = database.engine().filler(connection, sql, columns, List.of(binds));
      return new BatchStream(database, subject, filler, new RowBatch(columns));
    } catch (SQLException e) {
      throw database.failure("read " + subject + " from", e);
    }
  }

  private BatchStream(Database database, String subject, RowFiller filler, RowBatch batch) {
    this.database = database;
    this.subject = subject;
    this.filler = filler;
    this.batch = batch;
  }

  /** The next rows, or null after the last. The batch is used again for the rows after them. */
  public RowBatch next() {
    read += batch.rows();
    batch.clear();
    try {
      filler.fill(batch);
    } catch (SQLException e) {
      throw database.failure("read " + subject + " from", e);
    } catch (UnreadableValueException e) {
      Column column = batch.columns().get(e.column());
      throw unreadable(database, subject, read + batch.rows() + 1, column, e);
    }
    return batch.rows() == 0 ? null : batch;
  }

  static LoadException unreadable(
      Database database, String subject, long row, Column column, Exception cause) {
    return new LoadException(
        ErrorCode.SOURCE_DATA_UNREADABLE,
        "Cannot read %s from %s: row %d has a value in %s that no %s can hold, expected a finite"
                .formatted(subject, database, row, column.name(), column.type().text())
            + " number and a date of the calendar. Correct the row, or read a view that casts the"
            + " column to text.",
        cause);
  }

  @Override
  public void close() {
    try {
      filler.close();
    } catch (SQLException e) {
      throw database.failure("finish reading " + subject + " from", e);
    }
  }
}
