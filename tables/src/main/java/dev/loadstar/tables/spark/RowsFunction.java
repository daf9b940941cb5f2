package dev.loadstar.tables.spark;

import java.io.Serializable;
import java.util.Iterator;

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
}
