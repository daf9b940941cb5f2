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
    FoldedRow row = new FoldedRow(tallied);
    Map<List<Object>, long[]> groups = new HashMap<>();
    return new Iterator<>() {
      private FoldedRow last;
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
        row.at(next);
        if (last == null || !alike()) { // most rows are like the one before
          last = row.copy();
          List<Object> group = new ArrayList<>(); // which may hold null
          for (Object value : plain.read(next)) {
            group.add(value);
          }
          parts = groups.computeIfAbsent(group, any -> new long[counts.parts()]);
        }
        parts[next.getInt(tallied.size())]++;
        return next;
      }

      private boolean alike() {
        for (int i = 0; i < tallied.size(); i++) {
          if (!row.same(i, last)) {
            return false;
          }
        }
        return true;
      }
    };
  }
}
