package dev.loadstar.tables.spark;

import java.io.Serializable;
import java.util.Iterator;

/** A rule over rows sorted by key, in plain Java: what of them a table gets. */
@FunctionalInterface
public interface RowFold extends Serializable {
  /** Takes what a fold says. */
  interface Answers {
    /**
     * Writes a row of the table's columns, in the order of its key.
     *
     * @param row its first columns are the table's
     * @param more values of the written columns that come after
     */
    void write(FoldedRow row, Object... more);

    /** Adds one to a figure. */
    void count(String what);
  }

  /**
   * @param rows of one part, which has all rows of its keys; each is valid until the next
   */
  void fold(Iterator<FoldedRow> rows, Answers answers);
}
