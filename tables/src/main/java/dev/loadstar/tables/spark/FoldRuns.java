package dev.loadstar.tables.spark;

import dev.loadstar.core.type.Column;
import dev.loadstar.tables.stored.RunWriter;
import dev.loadstar.tables.stored.WrittenRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.catalyst.InternalRow;

/** Folds the sorted rows of one partition and writes what the fold answers. */
final class FoldRuns
    implements Function2<Integer, Iterator<InternalRow>, Iterator<FoldRuns.Folded>> {
  private static final long serialVersionUID = 1L;

  /** What one task wrote and counted. */
  record Folded(WrittenRun run, Map<String, Long> counts) implements java.io.Serializable {}

  private final ArrayList<Column> read;
  private final RowFold fold;
  private final RunTarget target;

  FoldRuns(List<Column> read, RowFold fold, RunTarget target) {
    this.read = new ArrayList<>(read);
    this.fold = fold;
    this.target = target;
  }

  @Override
  public Iterator<Folded> call(Integer partition, Iterator<InternalRow> rows) {
    Map<String, Long> counts = new HashMap<>();
    PlainRows plain = new PlainRows(read);
    Object[] row = new Object[read.size()];
    try (RunWriter writer = target.open(partition)) {
      fold.fold(
          new Iterator<>() {
            @Override
            public boolean hasNext() {
              return rows.hasNext();
            }

            @Override
            public Object[] next() {
              plain.read(rows.next(), row);
              return row;
            }
          },
          new RowFold.Answers() {
            @Override
            public void write(Object[] values) {
              writer.write(values, false);
            }

            @Override
            public void count(String what) {
              counts.merge(what, 1L, Long::sum);
            }
          });
      return List.of(new Folded(writer.finish(), counts)).iterator();
    }
  }
}
