package dev.loadstar.tables.spark;

import dev.loadstar.core.type.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.catalyst.InternalRow;

/** Counts the rows of a partition by their first column, a struct of few values. */
final class GroupTally
    implements Function2<Integer, Iterator<InternalRow>, Iterator<Map<List<Object>, Long>>> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Column> columns;

  GroupTally(List<Column> columns) {
    this.columns = new ArrayList<>(columns);
  }

  @Override
  public Iterator<Map<List<Object>, Long>> call(Integer part, Iterator<InternalRow> rows) {
    Map<InternalRow, long[]> counts = new HashMap<>(); // their bytes are compared, not their values
    while (rows.hasNext()) {
      InternalRow group = rows.next().getStruct(0, columns.size());
      long[] count = counts.get(group);
      if (count == null) {
        count = new long[1];
        counts.put(group.copy(), count);
      }
      count[0]++;
    }
    PlainRows plain = new PlainRows(columns);
    Map<List<Object>, Long> answer = new HashMap<>();
    counts.forEach(
        (group, count) -> {
          List<Object> values = new ArrayList<>();
          for (Object value : plain.read(group)) {
            values.add(value);
          }
          answer.put(values, count[0]);
        });
    return List.of(answer).iterator();
  }
}
