package dev.loadstar.tables;

import java.io.Closeable;

/** Rows to apply to a table, in the order of its primary key. Not thread safe. */
public interface Changes extends Closeable {
  /** Whether these are all rows: what is there and not among them has to go. */
  boolean snapshot();

  /** The next row, or null after the last. The array is the caller's until the next call. */
  Object[] next();

  /** Whether the row just returned goes; only its primary key is set then. */
  boolean deleted();

  @Override
  void close();
}
