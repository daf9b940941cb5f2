package dev.loadstar.quality;

import dev.loadstar.tables.spark.RowsFunction;
import java.util.Arrays;
import java.util.Iterator;

/**
 * Puts beside each version when the next of its member begins, or null. Rows are a member's key,
 * {@code valid_from} and whatever else, sorted by these.
 *
 * @param key how many columns the key has
 */
record NextVersions(int key) implements RowsFunction {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<Object[]> apply(Iterator<Object[]> rows) {
    return new Iterator<>() {
      private Object[] next = rows.hasNext() ? rows.next().clone() : null;

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public Object[] next() {
        Object[] version = Arrays.copyOf(next, next.length + 1);
        next = rows.hasNext() ? rows.next().clone() : null;
        boolean same = next != null && Arrays.deepEquals(member(version), member(next));
        version[version.length - 1] = same ? next[key] : null;
        return version;
      }
    };
  }

  private Object[] member(Object[] row) {
    return Arrays.copyOf(row, key);
  }
}
