package dev.loadstar.tables.spark;

import java.io.Serializable;
import java.util.Iterator;
import java.util.function.UnaryOperator;

/**
 * What a rule does to the rows of one partition, in plain Java: values are as {@link
 * dev.loadstar.lake.parquet.RowWriter} says.
 */
@FunctionalInterface
public interface RowsFunction extends Serializable {
  /**
   * @param rows each array is valid until the next
   * @return rows in arrays of their own
   */
  Iterator<Object[]> apply(Iterator<Object[]> rows);

  /** What a function of one row makes of rows, as they are asked for. */
  static Iterator<Object[]> each(Iterator<Object[]> rows, UnaryOperator<Object[]> function) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Object[] next() {
        return function.apply(rows.next());
      }
    };
  }
}
