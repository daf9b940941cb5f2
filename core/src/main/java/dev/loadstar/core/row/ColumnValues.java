package dev.loadstar.core.row;

/** What one column has in rows that are handed on together. */
public sealed interface ColumnValues permits ValueBuffer, ColumnValues.Same, ColumnValues.Numbers {
  /**
   * One value for all rows.
   *
   * @param value null, or typed as its column: TEXT String, INT and DATE Integer, BIGINT, TIMESTAMP
   *     and LOCAL_TIMESTAMP Long
   */
  record Same(Object value) implements ColumnValues {}

  /**
   * Rising by one, for BIGINT.
   *
   * @param first the first row's
   */
  record Numbers(long first) implements ColumnValues {}
}
