package dev.loadstar.tables.stored;

import dev.loadstar.lake.parquet.RowReader;
import dev.loadstar.tables.KeyOrder;
import java.util.ArrayList;
import java.util.List;

/** Of rows in the order of their key those with some keys. */
final class RowsOfKeys implements RowReader {
  private final RowReader rows;
  private final KeyOrder order;
  private final List<Object[]> keys;
  private int next;

  /**
   * @param keys sorted
   */
  RowsOfKeys(RowReader rows, KeyOrder order, List<Object[]> keys) {
    this.rows = rows;
    this.order = order;
    this.keys = new ArrayList<>(keys);
  }

  @Override
  public Object[] next() {
    for (Object[] row = rows.next(); row != null; row = rows.next()) {
      while (next < keys.size() && order.compareKey(keys.get(next), row) < 0) {
        next++;
      }
      if (next == keys.size()) {
        return null;
      }
      if (order.compareKey(keys.get(next), row) == 0) {
        return row;
      }
    }
    return null;
  }

  @Override
  public void close() {
    rows.close();
  }
}
