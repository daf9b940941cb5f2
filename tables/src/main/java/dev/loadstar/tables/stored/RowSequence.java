package dev.loadstar.tables.stored;

import java.io.Closeable;

/** Rows of change sets, sorted by key, of one key the newest set's first. Not thread safe. */
public interface RowSequence extends Closeable {
  /** The next row, or null after the last. The array is the caller's until the next call. */
  Object[] next();

  /** Whether the row just returned says that its key goes. */
  boolean deleted();

  @Override
  void close();
}
