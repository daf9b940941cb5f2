package dev.loadstar.tables.spark;

import dev.loadstar.core.type.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Counts rows on their way into a shuffle: by the part that they go to, which stands in the column
 * after the tallied ones, and by the values of these. So nobody reads them again to count them.
 */
final class RowTally implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Column> tallied;
  private final TallyCounts counts;

  /**
   * @param tallied the rows' first columns
   */
  RowTally(List<Column> tallied, TallyCounts counts) {
    this.tallied = new ArrayList<>(tallied);
    this.counts = counts;
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
    PlainRows plain = new PlainRows(tallied);
    Map<List<Object>, long[]> groups = new HashMap<>();
    return new Iterator<>() {
      private final Object[] last = new Object[tallied.size()];
      private long[] parts;

      @Override
      public boolean hasNext() {
        boolean more = rows.hasNext();
        if (!more) {
          counts.put(TaskContext.getPartitionId(), groups);
        }
        return more;
      }

      @Override
      public InternalRow next() {
        InternalRow next = rows.next();
        if (parts == null || !isLikeLast(next)) { // most rows are like the one before
          List<Object> group = new ArrayList<>(); // which may hold null
          for (int i = 0; i < last.length; i++) {
            Object value = plain.value(next, i);
            last[i] = value instanceof String text ? UTF8String.fromString(text) : value;
            group.add(value);
          }
          parts = groups.computeIfAbsent(group, any -> new long[counts.parts()]);
        }
        parts[next.getInt(last.length)]++;
        return next;
      }

      private boolean isLikeLast(InternalRow row) {
        for (int i = 0; i < last.length; i++) {
          boolean same =
              last[i] == null || row.isNullAt(i)
                  ? last[i] == null && row.isNullAt(i)
                  : last[i].equals(
                      last[i] instanceof UTF8String ? row.getUTF8String(i) : plain.value(row, i));
          if (!same) {
            return false;
          }
        }
        return true;
      }
    };
  }
}
