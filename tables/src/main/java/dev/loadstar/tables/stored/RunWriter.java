package dev.loadstar.tables.stored;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.core.type.Extent;
import dev.loadstar.core.type.ExtentMeter;
import dev.loadstar.lake.load.DataFile;
import dev.loadstar.lake.parquet.RowWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes sorted rows into files of a fresh folder, on whichever machine it is; adds up what it
 * writes. Not thread safe.
 */
public final class RunWriter implements AutoCloseable {
  /** So many rows are a second's work for one reader. */
  private static final long ROWS_PER_FILE = 250_000;

  private final RowFiles files;
  private final String prefix;
  private final List<Column> columns;
  private final KeyOrder order;
  private final long commit;
  private final RowDigest digest;
  private final ExtentMeter[] meters;
  private final List<DataFile> finished = new ArrayList<>();
  private final Object[] before;
  private final Object[] out;
  private RowWriter writer;
  private long rows;
  private long rowsInFile;
  private long deletes;

  /**
   * @param prefix of the files' paths, which nothing else ever uses
   * @param columns of the rows, the table's first
   * @param digested how many of them are the table's
   * @param key the table's primary key
   * @param commit see {@link ChangeSet#commit()}
   */
  public RunWriter(
      RowFiles files,
      String prefix,
      List<Column> columns,
      int digested,
      List<String> key,
      long commit) {
    this.files = files;
    this.prefix = prefix;
    this.columns = new ArrayList<>(columns);
    this.columns.add(new Column(ChangeSet.OP, Simple.TEXT));
    this.columns.add(new Column(ChangeSet.ORDER, Simple.BIGINT));
    this.order = new KeyOrder(columns, key);
    this.commit = commit;
    this.digest = new RowDigest(columns.subList(0, digested));
    this.meters =
        columns.subList(0, digested).stream()
            .map(column -> new ExtentMeter(column.type()))
            .toArray(ExtentMeter[]::new);
    this.before = new Object[order.size()];
    this.out = new Object[columns.size() + 2];
  }

  /**
   * @param row values in the order of the columns; may be reused
   * @throws LoadException {@code INTERNAL} for a row out of order
   */
  public void write(Object[] row, boolean deleted) {
    if (rows > 0 && order.compareKey(before, row) >= 0) {
      throw new LoadException(
          ErrorCode.INTERNAL,
          "Cannot write %s: found rows out of order or a key twice, expected each key once and sorted. Please report this."
              .formatted(prefix));
    }
    if (writer == null) {
      writer = files.write("%s-%05d.parquet".formatted(prefix, finished.size()), columns);
      rowsInFile = 0;
    }
    order.keyOf(row, before);
    System.arraycopy(row, 0, out, 0, out.length - 2);
    out[out.length - 2] = deleted ? ChangeSet.DELETE : ChangeSet.UPSERT;
    out[out.length - 1] = commit;
    writer.write(out);
    digest.add(row, deleted);
    for (int i = 0; i < meters.length && !deleted; i++) {
      meters[i].add(row[i]);
    }
    rows++;
    rowsInFile++;
    deletes += deleted ? 1 : 0;
    if (rowsInFile == ROWS_PER_FILE) {
      finishFile();
    }
  }

  private void finishFile() {
    finished.add(writer.finish());
    writer = null;
  }

  public WrittenRun finish() {
    if (writer != null) {
      finishFile();
    }
    Map<String, Extent> extents = new HashMap<>();
    for (int i = 0; i < meters.length; i++) {
      extents.put(columns.get(i).name(), meters[i].extent());
    }
    return new WrittenRun(finished, rows - deletes, deletes, digest.sum(), extents);
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.close();
    }
  }
}
