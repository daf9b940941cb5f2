package dev.loadstar.warehouse.staging;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.jdbc.RowSource;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.commit.ChangeSet;
import dev.loadstar.lake.load.DataFile;
import dev.loadstar.lake.parquet.RowReader;
import java.io.Closeable;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** The rows of change sets one after another, with {@code _op} and {@code _commit}, counted. */
final class ChangeRows implements RowSource, Closeable {
  static final String OP = "_op";
  static final String COMMIT = "_commit";

  private record Part(DataFile file, long commit) {}

  private final Lake lake;
  private final List<Column> fromFile;
  private final Deque<Part> parts = new ArrayDeque<>();
  private final int[] summed;
  private final BigDecimal[] sums;
  private final Object[] row;
  private RowReader reader;
  private long commit;
  private long count;

  /**
   * @param columns as the table has them, without {@code _op}
   * @param summed positions in {@code columns} of exact numbers to add up on the way
   */
  ChangeRows(Lake lake, List<ChangeSet> sets, List<Column> columns, List<Integer> summed) {
    this.lake = lake;
    this.fromFile = new ArrayList<>(columns);
    fromFile.add(new Column(OP, Simple.TEXT));
    this.row = new Object[columns.size() + 2];
    this.summed = summed.stream().mapToInt(Integer::intValue).toArray();
    this.sums = new BigDecimal[this.summed.length];
    Arrays.fill(sums, BigDecimal.ZERO);
    for (ChangeSet set : sets) {
      set.files().forEach(file -> parts.add(new Part(file, set.commit())));
    }
  }

  long count() {
    return count;
  }

  BigDecimal[] sums() {
    return sums.clone();
  }

  @Override
  public Object[] next() {
    while (true) {
      if (reader == null) {
        Part part = parts.poll();
        if (part == null) {
          return null;
        }
        reader = lake.newReader(part.file(), fromFile);
        commit = part.commit();
      }
      Object[] values = reader.next();
      if (values != null) {
        System.arraycopy(values, 0, row, 0, values.length);
        row[values.length] = commit;
        count++;
        for (int i = 0; i < summed.length; i++) {
          sums[i] = sums[i].add(number(values[summed[i]]));
        }
        return row;
      }
      close();
    }
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
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
