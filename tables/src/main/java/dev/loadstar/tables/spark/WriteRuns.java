package dev.loadstar.tables.spark;

import dev.loadstar.tables.stored.RunWriter;
import dev.loadstar.tables.stored.WrittenRun;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.catalyst.InternalRow;

/** Writes the sorted rows of one partition, whose last column says whether a row goes. */
final class WriteRuns implements Function2<Integer, Iterator<InternalRow>, Iterator<WrittenRun>> {
  private static final long serialVersionUID = 1L;

  private final RunTarget target;

  WriteRuns(RunTarget target) {
    this.target = target;
  }

  @Override
  public Iterator<WrittenRun> call(Integer partition, Iterator<InternalRow> rows) {
    if (!rows.hasNext()) {
      return List.<WrittenRun>of().iterator();
    }
    int width = target.columns().size();
    SparkBatch batch = new SparkBatch(target.columns());
    try (RunWriter writer = target.open(partition)) {
      while (rows.hasNext()) {
        InternalRow next = rows.next();
        batch.put(next, writer.next());
        writer.end(next.getBoolean(width));
      }
      return List.of(writer.finish()).iterator();
    }
  }
}
