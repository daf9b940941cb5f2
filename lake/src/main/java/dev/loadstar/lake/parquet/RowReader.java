package dev.loadstar.lake.parquet;

import java.io.Closeable;

/** Reads rows of one Parquet file, values as {@link RowWriter} says. Not thread safe. */
public interface RowReader extends Closeable {
  /**
   * The next row, or null after the last. The array is the caller's until the next call.
   *
   * <p>Columns are those asked for when opening, in that order, null where the file lacks one.
   */
  Object[] next();

  @Override
  void close();
}
