package dev.loadstar.tables.spark;

import java.io.Serializable;
import java.util.Iterator;

/** A rule over rows sorted by key, in plain Java: what of them a table gets. */
@FunctionalInterface
public interface RowFold extends Serializable {
  /** Takes what a fold says. */
  interface Answers {
    /**
     * @param row values of the written columns in order, in the order of the table's key; may be
     *     reused
     */
    void write(Object[] row);

    /** Adds one to a figure. */
    void count(String what);
  }

  /**
   * @param rows of one part, which has all rows of its keys; each is valid until the next
   */
  void fold(Iterator<Object[]> rows, Answers answers);
}
