package dev.loadstar.tables.stored;

import dev.loadstar.core.row.RowBatch;
import dev.loadstar.core.row.ValueBuffer;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.tables.KeyOrder;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * Finds whether the rows of batches follow each other as {@link KeyOrder} says, each key once. Not
 * thread safe.
 */
final class BatchOrder {
  private final int[] positions;
  private final ColumnType[] types;
  private final RowBatch last;

  /**
   * @param columns of the batches
   * @param key names of those that decide, in order
   */
  BatchOrder(List<Column> columns, List<String> key) {
    List<String> names = columns.stream().map(Column::name).toList();
    positions = key.stream().mapToInt(names::indexOf).toArray();
    List<Column> keys = Arrays.stream(positions).mapToObj(columns::get).toList();
    types = keys.stream().map(Column::type).toArray(ColumnType[]::new);
    last = new RowBatch(keys);
  }

  /** Whether the batch's last row comes after the row before it. */
  boolean rises(RowBatch batch) {
    int row = batch.rows() - 1;
    return row > 0
        ? compare(batch, row - 1, row) < 0
        : last.rows() == 0 || compare(last, 0, batch, 0) < 0;
  }

  /** Remembers the last row of a batch: the next batch goes on from there. */
  void end(RowBatch batch) {
    last.clear();
    for (int i = 0; i < positions.length; i++) {
      last.column(i).add(batch.column(positions[i]), batch.rows() - 1);
    }
  }

  private int compare(RowBatch before, int one, RowBatch batch, int other) {
    int order = 0;
    for (int i = 0; i < positions.length && order == 0; i++) {
      order = compare(before.column(i), one, batch.column(positions[i]), other, types[i]);
    }
    return order;
  }

  private int compare(RowBatch batch, int one, int other) {
    int order = 0;
    for (int i = 0; i < positions.length && order == 0; i++) {
      ValueBuffer values = batch.column(positions[i]);
      order = compare(values, one, values, other, types[i]);
    }
    return order;
  }

  private static int compare(ValueBuffer a, int i, ValueBuffer b, int j, ColumnType type) {
    if (a.isNull(i) || b.isNull(j)) {
      return Boolean.compare(b.isNull(j), a.isNull(i));
    }
    if (type == Simple.FLOAT) {
      return Float.compare(
          Float.intBitsToFloat((int) a.number(i)) + 0.0f,
          Float.intBitsToFloat((int) b.number(j)) + 0.0f);
    }
    if (type == Simple.DOUBLE) {
      return Double.compare(
          Double.longBitsToDouble(a.number(i)) + 0.0, Double.longBitsToDouble(b.number(j)) + 0.0);
    }
    if (ValueBuffer.isNumber(type)) {
      return Long.compare(a.number(i), b.number(j));
    }
    if (type instanceof ColumnType.Decimal) {
      return unscaled(a, i).compareTo(unscaled(b, j));
    }
    return Arrays.compareUnsigned(
        a.bytes(),
        a.start(i),
        a.start(i) + a.length(i),
        b.bytes(),
        b.start(j),
        b.start(j) + b.length(j));
  }

  private static BigInteger unscaled(ValueBuffer values, int row) {
    return new BigInteger(values.bytes(), values.start(row), values.length(row));
  }
}
