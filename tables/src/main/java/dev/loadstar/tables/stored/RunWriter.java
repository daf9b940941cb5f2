package dev.loadstar.tables.stored;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.row.ColumnValues;
import dev.loadstar.core.row.RowBatch;
import dev.loadstar.core.row.ValueBuffer;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.core.type.Extent;
import dev.loadstar.core.type.ExtentMeter;
import dev.loadstar.lake.load.DataFile;
import dev.loadstar.lake.parquet.RowWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes sorted rows into files of a fresh folder, on whichever machine it is; adds up what it
 * writes. Not thread safe.
 */
public final class RunWriter implements AutoCloseable {
  /**
   * So many rows are a second's work for one reader; more than a task is given, so that none writes
   * a file of the few that are left.
   */
  private static final long ROWS_PER_FILE = 300_000;

  private final RowFiles files;
  private final String prefix;
  private final List<Column> columns;
  private final long commit;
  private final RowBatch batch;
  private final RowBatch ops = new RowBatch(List.of(new Column(ChangeSet.OP, Simple.TEXT)));
  private final BitSet deleted = new BitSet();
  private final BatchOrder order;
  private final RowDigest digest;
  private final ExtentMeter[] meters;
  private final List<DataFile> finished = new ArrayList<>();
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
    this.batch = new RowBatch(columns);
    this.order = new BatchOrder(columns, key);
    this.commit = commit;
    this.digest = new RowDigest(columns.subList(0, digested));
    this.meters =
        columns.subList(0, digested).stream()
            .map(column -> new ExtentMeter(column.type()))
            .toArray(ExtentMeter[]::new);
  }

  /** Takes the values of the next row; then {@link #end} is called. */
  public RowBatch next() {
    return batch;
  }

  /** Puts a value into the next row, of the Java type that {@link RowWriter} says. */
  public void put(int column, Object value) {
    ObjectRows.put(value, batch.columns().get(column), batch.column(column));
  }

  /**
   * Ends a row.
   *
   * @throws LoadException {@code INTERNAL} for a row out of order
   */
  public void end(boolean goes) {
    if (!order.rises(batch)) {
      throw new LoadException(
          ErrorCode.INTERNAL,
          "Cannot write %s: found rows out of order or a key twice, expected each key once and sorted. Please report this."
              .formatted(prefix));
    }
    int row = batch.rows() - 1;
    deleted.set(row, goes);
    ObjectRows.put(goes ? ChangeSet.DELETE : ChangeSet.UPSERT, ops.columns().get(0), ops.column(0));
    if (batch.isFull() || rowsInFile + row + 1 == ROWS_PER_FILE) {
      flush();
    }
  }

  /**
   * @param row values in the order of the columns; may be reused
   */
  public void write(Object[] row, boolean goes) {
    ObjectRows.put(row, batch);
    end(goes);
  }

  private void flush() {
    int more = batch.rows();
    if (more == 0) {
      return;
    }
    order.end(batch);
    if (writer == null) {
      writer = files.write("%s-%05d.parquet".formatted(prefix, finished.size()), columns);
    }
    List<ColumnValues> values = new ArrayList<>();
    for (int i = 0; i < batch.columns().size(); i++) {
      values.add(batch.column(i));
    }
    values.add(ops.column(0));
    values.add(new ColumnValues.Same(commit));
    writer.write(values, more);
    for (int row = 0; row < more; row++) {
      digest.add(batch, row, deleted.get(row));
    }
    for (int i = 0; i < meters.length; i++) {
      measure(batch.column(i), meters[i]);
    }
    rows += more;
    rowsInFile += more;
    deletes += deleted.cardinality();
    batch.clear();
    ops.clear();
    deleted.clear();
    if (rowsInFile == ROWS_PER_FILE) {
      finishFile();
    }
  }

  /** What rows that stay have. */
  private void measure(ValueBuffer values, ExtentMeter meter) {
    boolean numbers = ValueBuffer.isNumber(meter.type());
    boolean one = values.isOneValue() && deleted.isEmpty();
    for (int row = 0; row < (one ? 1 : values.rows()); row++) {
      if (values.isNull(row) || deleted.get(row)) {
        continue;
      }
      if (numbers) {
        meter.add(values.number(row));
      } else {
        meter.add(values.bytes(), values.start(row), values.length(row));
      }
    }
  }

  private void finishFile() {
    finished.add(writer.finish());
    writer = null;
    rowsInFile = 0;
  }

  public WrittenRun finish() {
    flush();
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
