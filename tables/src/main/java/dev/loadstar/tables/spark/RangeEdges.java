package dev.loadstar.tables.spark;

import dev.loadstar.core.type.Column;
import dev.loadstar.lake.parquet.RowFilter;
import dev.loadstar.tables.KeyOrder;
import dev.loadstar.tables.stored.MergedTable;
import java.util.List;

/** Which rows belong to a range; its file filter may let others through. */
final class RangeEdges {
  private final int position;
  private final KeyOrder order;
  private final Object from;
  private final Object before;

  private RangeEdges(int position, Column column, Object from, Object before) {
    this.position = position;
    this.order = new KeyOrder(List.of(column), List.of(column.name()));
    this.from = from;
    this.before = before;
  }

  /**
   * @param range null for all rows
   */
  static RangeEdges of(MergedTable table, RowFilter.Between range) {
    Column first = table.key().get(0);
    int position = table.columns().indexOf(first);
    return range == null
        ? new RangeEdges(position, first, null, null)
        : new RangeEdges(position, first, range.from(), range.before());
  }

  /** Whether this row and all after it belong to later ranges. */
  boolean endBefore(Object[] row) {
    return before != null
        && order.compare(new Object[] {row[position]}, new Object[] {before}) >= 0;
  }

  boolean contain(Object[] row) {
    if (from == null && before == null) {
      return true;
    }
    Object[] key = {row[position]};
    return (from == null || order.compare(new Object[] {from}, key) <= 0)
        && (before == null || order.compare(key, new Object[] {before}) < 0);
  }
}
