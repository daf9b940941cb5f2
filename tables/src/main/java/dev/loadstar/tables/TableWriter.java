package dev.loadstar.tables;

import java.io.Closeable;

/** Takes rows in the order of the primary key, each key once. Not thread safe. */
public interface TableWriter extends Closeable {
  /**
   * Inserts a row, or replaces the one of its key.
   *
   * @param row values of the shape's columns in order; the array may be reused
   */
  void put(Object[] row);

  /**
   * @param row like {@link #put}'s, of which only the primary key counts
   */
  void delete(Object[] row);

  /**
   * @param addedRows by how many live rows the table grew; negative when it shrank
   * @param nextKey see {@link Table#nextKey()}
   * @return the prior table with these changes
   */
  Table finish(long addedRows, long nextKey);

  /** Gives up what was not finished. */
  @Override
  void close();
}
