package dev.loadstar.tables.spark;

import dev.loadstar.core.type.Column;
import dev.loadstar.tables.stored.RunWriter;
import dev.loadstar.tables.stored.WrittenRun;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Writes the sorted rows of one partition, whose last column says whether a row goes. What a task
 * wrote counts only if it ended well: another try writes files of other names.
 */
final class WriteRuns implements Function2<Integer, Iterator<InternalRow>, Iterator<WrittenRun>> {
  private static final long serialVersionUID = 1L;

  private final ReachableFiles files;
  private final String prefix;
  private final ArrayList<Column> columns;
  private final int digested;
  private final ArrayList<String> key;
  private final long commit;

  /**
   * @param columns of the rows but the last, the table's first
   * @param digested how many are the table's
   */
  WriteRuns(
      ReachableFiles files,
      String prefix,
      List<Column> columns,
      int digested,
      List<String> key,
      long commit) {
    this.files = files;
    this.prefix = prefix;
    this.columns = new ArrayList<>(columns);
    this.digested = digested;
    this.key = new ArrayList<>(key);
    this.commit = commit;
  }

  @Override
  public Iterator<WrittenRun> call(Integer partition, Iterator<InternalRow> rows) {
    if (!rows.hasNext()) {
      return List.<WrittenRun>of().iterator();
    }
    String path = "%s-%05d-%s".formatted(prefix, partition, UUID.randomUUID());
    PlainRows plain = new PlainRows(columns);
    Object[] row = new Object[columns.size()];
    try (RunWriter writer = new RunWriter(files.open(), path, columns, digested, key, commit)) {
      while (rows.hasNext()) {
        InternalRow next = rows.next();
        plain.read(next, row);
        writer.write(row, next.getBoolean(columns.size()));
      }
      return List.of(writer.finish()).iterator();
    }
  }
}
