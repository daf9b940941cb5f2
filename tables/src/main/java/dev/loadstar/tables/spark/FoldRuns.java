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
    Map<String, long[]> counts = new HashMap<>();
    FoldedRow row = new FoldedRow(read);
    List<Column> columns = target.columns();
    int own = target.digested();
    SparkBatch batch = new SparkBatch(columns.subList(0, own));
    try (RunWriter writer = target.open(partition)) {
      fold.fold(
          new Iterator<>() {
            @Override
            public boolean hasNext() {
              return rows.hasNext();
            }

            @Override
            public FoldedRow next() {
              return row.at(rows.next());
            }
          },
          new RowFold.Answers() {
            @Override
            public void write(FoldedRow answer, Object... more) {
              batch.put(answer.row(), writer.next());
              for (int i = 0; i < more.length; i++) {
                writer.put(own + i, more[i]);
              }
              writer.end(false);
            }

            @Override
            public void count(String what) {
              counts.computeIfAbsent(what, any -> new long[1])[0]++;
            }
          });
      Map<String, Long> figures = new HashMap<>();
      counts.forEach((what, n) -> figures.put(what, n[0]));
      return List.of(new Folded(writer.finish(), figures)).iterator();
    }
  }
}
