package dev.loadstar.jdbc;

import dev.loadstar.core.row.RowBatch;
import java.sql.SQLException;

/** The rows of one query on their way into batches. Not thread safe. */
public interface RowFiller extends AutoCloseable {
  /**
   * Adds rows until the batch is full or there are no more.
   *
   * @param batch of the query's columns
   * @throws UnreadableValueException in the midst of a row, when no value of its column's type says
   *     what the source has
   */
  void fill(RowBatch batch) throws SQLException;

  /** Ends the query, wherever it stands. */
  @Override
  void close() throws SQLException;
}
