package dev.loadstar.warehouse.staging;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.Extent;
import dev.loadstar.core.type.ExtentMeter;
import dev.loadstar.jdbc.RowSource;
import dev.loadstar.tables.Changes;
import java.io.Closeable;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Changes of a table with {@code _mark}, counted, added up and measured on the way. */
final class ChangeRows implements RowSource, Closeable {
  static final String MARK = "_mark";

  private final Changes changes;
  private final int[] summed;
  private final BigDecimal[] sums;
  private final List<Column> columns;
  private final ExtentMeter[] meters;
  private final Object[] row;
  private Object[] first;
  private boolean peeked;
  private long count;

  /**
   * @param columns of the changes
   * @param summed positions in {@code columns} of exact numbers to add up
   */
  ChangeRows(Changes changes, List<Column> columns, List<Integer> summed) {
    this.changes = changes;
    this.columns = List.copyOf(columns);
    this.meters = columns.stream().map(c -> new ExtentMeter(c.type())).toArray(ExtentMeter[]::new);
    this.row = new Object[columns.size() + 1];
    this.summed = summed.stream().mapToInt(Integer::intValue).toArray();
    this.sums = new BigDecimal[this.summed.length];
    Arrays.fill(sums, BigDecimal.ZERO);
  }

  /** Whether there is nothing to apply. */
  boolean isNothing() {
    if (!peeked) {
      first = changes.next();
      peeked = true;
    }
    return first == null && !changes.snapshot();
  }

  boolean snapshot() {
    return changes.snapshot();
  }

  long count() {
    return count;
  }

  /** How large the values are, by column. */
  Map<String, Extent> extents() {
    Map<String, Extent> extents = new HashMap<>();
    for (int i = 0; i < meters.length; i++) {
      extents.put(columns.get(i).name(), meters[i].extent());
    }
    return extents;
  }

  BigDecimal[] sums() {
    return sums.clone();
  }

  @Override
  public Object[] next() {
    Object[] values = peeked ? first : changes.next();
    peeked = false;
    first = null;
    if (values == null) {
      peeked = true; // and stays at the end
      return null;
    }
    System.arraycopy(values, 0, row, 0, row.length - 1);
    row[row.length - 1] = changes.deleted() ? "D" : "U";
    for (int i = 0; i < meters.length && !changes.deleted(); i++) {
      meters[i].add(values[i]);
    }
    count++;
    for (int i = 0; i < summed.length; i++) {
      sums[i] = sums[i].add(number(values[summed[i]]));
    }
    return row;
  }

  private static BigDecimal number(Object value) {
    if (value == null) {
      return BigDecimal.ZERO;
    }
    return value instanceof BigDecimal exact
        ? exact
        : BigDecimal.valueOf(((Number) value).longValue());
  }

  @Override
  public void close() {
    changes.close();
  }
}
