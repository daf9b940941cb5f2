package dev.loadstar.core.row;

import dev.loadstar.core.type.Column;
import java.util.List;
import java.util.stream.IntStream;

/** Some rows, column by column. Filled, handed on and filled again. Not thread safe. */
public final class RowBatch {
  /** Enough for what is done once per batch, and little enough for a processor's cache. */
  private static final int ROWS = 4_000;

  private static final int BYTES = 1 << 20;

  private final List<Column> columns;
  private final ValueBuffer[] values;
  private final ValueBuffer[] sized;

  public RowBatch(List<Column> columns) {
    this.columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("rows without columns cannot be counted");
    }
    this.values =
        columns.stream()
            .map(column -> new ValueBuffer(column.type(), ROWS))
            .toArray(ValueBuffer[]::new);
    this.sized =
        IntStream.range(0, values.length)
            .filter(i -> !ValueBuffer.isNumber(columns.get(i).type()))
            .mapToObj(i -> values[i])
            .toArray(ValueBuffer[]::new);
  }

  public List<Column> columns() {
    return columns;
  }

  public ValueBuffer column(int index) {
    return values[index];
  }

  /** Complete rows. */
  public int rows() {
    return values[values.length - 1].rows();
  }

  /** Whether it is time to hand the rows on. */
  public boolean isFull() {
    if (rows() >= ROWS) {
      return true;
    }
    long size = 0;
    for (ValueBuffer column : sized) {
      size += column.size();
    }
    return size >= BYTES;
  }

  public void clear() {
    for (ValueBuffer column : values) {
      column.clear();
    }
  }
}
