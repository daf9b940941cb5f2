package dev.loadstar.tables.spark;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Answers the texts that stand in columns, with the position of their group, nearly each once. What
 * a million rows name is a thousandth of them, so most never reach a shuffle.
 */
public final class TextsOfColumns implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  private static final long serialVersionUID = 1L;

  private static final String GROUP = "_group";

  /** So many texts are remembered; then they may be answered again. */
  private static final int MOST = 100_000;

  private final int[] groups;
  private final int most;

  private TextsOfColumns(List<Integer> groups) {
    this(groups, MOST);
  }

  /**
   * @param groups of each column
   */
  TextsOfColumns(List<Integer> groups, int most) {
    this.groups = groups.stream().mapToInt(Integer::intValue).toArray();
    this.most = most;
  }

  /**
   * The texts that stand in any of some columns, each once, in one pass over the rows.
   *
   * @param columns the columns of each group; a TEXT column is in one group at most
   * @return for each group its texts, column {@code name}; all are computed once, when the first is
   */
  public static List<Dataset<Row>> find(
      SparkTables tables, Dataset<Row> rows, List<List<String>> columns, String name) {
    List<String> read = columns.stream().flatMap(List::stream).toList();
    List<Integer> groups =
        IntStream.range(0, columns.size())
            .boxed()
            .flatMap(group -> columns.get(group).stream().map(column -> group))
            .toList();
    StructType schema = new StructType().add(GROUP, "int", false).add(name, "string", false);
    Dataset<Row> found =
        tables.hold(
            SparkRows.mapPartitions(
                    rows.select(SparkTables.columns(read)), new TextsOfColumns(groups), schema)
                .distinct());
    return IntStream.range(0, columns.size())
        .mapToObj(group -> found.filter(col(GROUP).equalTo(group)).select(name))
        .toList();
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
    List<Set<UTF8String>> seen = new ArrayList<>();
    for (int group : groups) {
      while (seen.size() <= group) {
        seen.add(new HashSet<>());
      }
    }
    return new Iterator<>() {
      private final List<InternalRow> found = new ArrayList<>();
      private int next;

      @Override
      public boolean hasNext() {
        if (next == found.size()) {
          found.clear();
          next = 0;
          while (found.isEmpty() && rows.hasNext()) {
            look(rows.next());
          }
        }
        return next < found.size();
      }

      private void look(InternalRow row) {
        for (int i = 0; i < groups.length; i++) {
          if (!row.isNullAt(i)) {
            UTF8String text = row.getUTF8String(i);
            Set<UTF8String> known = seen.get(groups[i]);
            if (!known.contains(text)) {
              if (known.size() == most) {
                known.clear();
              }
              UTF8String copy = text.copy(); // its row is valid until the next
              known.add(copy);
              found.add(new GenericInternalRow(new Object[] {groups[i], copy}));
            }
          }
        }
      }

      @Override
      public InternalRow next() {
        if (!hasNext()) {
          throw new java.util.NoSuchElementException();
        }
        return found.get(next++);
      }
    };
  }
}
