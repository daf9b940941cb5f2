package dev.loadstar.lake.parquet;

import dev.loadstar.core.type.Column;
import java.io.Serializable;
import java.util.Set;

/**
 * Which rows a reader needs, by one column. A hint: it lets a reader pass over pages, and rows that
 * do not match may come all the same. Values are as {@link RowWriter} says.
 */
public sealed interface RowFilter extends Serializable {
  Column column();

  /**
   * @param from the least value; null for none
   * @param before what is greater than every value; null for nothing
   */
  record Between(Column column, Object from, Object before) implements RowFilter {
    /** Whether a value, which must be one that compares as its column does, lies between. */
    @SuppressWarnings("unchecked") // of one column
    boolean has(Object value) {
      return value != null
          && (from == null || ((Comparable<Object>) value).compareTo(from) >= 0)
          && (before == null || ((Comparable<Object>) value).compareTo(before) < 0);
    }
  }

  /** One of some values. */
  record Among(Column column, Set<Object> values) implements RowFilter {
    public Among {
      values = Set.copyOf(values);
    }
  }
}
