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
 * Counts rows on their way, by the values of their first columns, so that nobody reads them again
 * to count them. The column after these is the part that a row goes to in a shuffle; or, where rows
 * stay, a TEXT that none lacks, of which is found whether it rises.
 */
final class RowTally implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Column> tallied;
  private final TallyCounts counts;
  private final boolean stay;

  /**
   * @param tallied the rows' first columns
   * @param stay whether rows go nowhere
   */
  RowTally(List<Column> tallied, TallyCounts counts, boolean stay) {
    this.tallied = new ArrayList<>(tallied);
    this.counts = counts;
    this.stay = stay;
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
    PlainRows plain = new PlainRows(tallied);
    Map<List<Object>, long[]> groups = new HashMap<>();
    return new Iterator<>() {
      private final Object[] last = new Object[tallied.size()];
      private long[] parts;
      private UTF8String before;
      private boolean ordered = true;

      @Override
      public boolean hasNext() {
        boolean more = rows.hasNext();
        if (!more) {
          counts.put(TaskContext.getPartitionId(), new TallyCounts.Counted(groups, ordered));
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
        if (stay) {
          compare(next.getUTF8String(last.length));
        }
        parts[stay ? 0 : next.getInt(last.length)]++;
        return next;
      }

      private void compare(UTF8String text) {
        ordered = ordered && (before == null || before.compareTo(text) < 0);
        before = ordered ? text.copy() : null; // its row is valid until the next
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
