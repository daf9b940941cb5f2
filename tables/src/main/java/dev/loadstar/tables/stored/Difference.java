package dev.loadstar.tables.stored;

import dev.loadstar.lake.parquet.RowReader;
import dev.loadstar.tables.Changes;
import dev.loadstar.tables.KeyOrder;
import java.math.BigDecimal;
import java.util.Arrays;

/** What two states of a table differ by, row by row, in memory of two rows. */
final class Difference implements Changes {
  private final RowReader before;
  private final RowReader after;
  private final KeyOrder order;
  private final int width;
  private Object[] old;
  private Object[] now;
  private boolean begun;
  private boolean takeOld;
  private boolean takeNow;
  private boolean deleted;

  /**
   * @param order of both readers' rows, which have the same columns
   * @param width how many columns count, from the first
   */
  Difference(RowReader before, RowReader after, KeyOrder order, int width) {
    this.before = before;
    this.after = after;
    this.order = order;
    this.width = width;
  }

  @Override
  public boolean snapshot() {
    return false;
  }

  @Override
  public Object[] next() {
    while (true) {
      if (!begun || takeOld) {
        old = before.next();
      }
      if (!begun || takeNow) {
        now = after.next();
      }
      begun = true;
      if (old == null && now == null) {
        takeOld = false;
        takeNow = false;
        return null;
      }
      int side = old == null ? 1 : now == null ? -1 : order.compare(old, now);
      takeOld = side <= 0;
      takeNow = side >= 0;
      deleted = side < 0;
      if (side < 0) {
        return old;
      }
      if (side > 0 || !same(old, now)) {
        return now;
      }
    }
  }

  private boolean same(Object[] a, Object[] b) {
    for (int i = 0; i < width; i++) {
      if (!same(a[i], b[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(Object a, Object b) {
    if (a == null || b == null) {
      return a == b;
    }
    if (a instanceof byte[] x && b instanceof byte[] y) {
      return Arrays.equals(x, y);
    }
    return a instanceof BigDecimal x && b instanceof BigDecimal y
        ? x.compareTo(y) == 0
        : a.equals(b);
  }

  @Override
  public boolean deleted() {
    return deleted;
  }

  @Override
  public void close() {
    try {
      before.close();
    } finally {
      after.close();
    }
  }
}
