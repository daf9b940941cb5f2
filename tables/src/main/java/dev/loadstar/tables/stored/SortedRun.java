package dev.loadstar.tables.stored;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.lake.load.DataFile;
import dev.loadstar.lake.parquet.RowReader;
import dev.loadstar.tables.KeyOrder;

/** One file being read in the order of its key; checks that it is sorted and whole. */
final class SortedRun implements AutoCloseable {
  private final DataFile file;
  private final RowReader reader;
  private final KeyOrder byKey;
  private final long order;
  private final int op;
  private final boolean whole;
  private final Object[] before;
  private Object[] row;
  private long count;

  /**
   * @param order of its change set; later ones win
   * @param op position of {@link ChangeSet#OP} in the reader's rows
   * @param whole whether all rows are read, so that their number is known
   */
  SortedRun(DataFile file, RowReader reader, KeyOrder byKey, long order, int op, boolean whole) {
    this.file = file;
    this.reader = reader;
    this.byKey = byKey;
    this.order = order;
    this.op = op;
    this.whole = whole;
    this.before = new Object[byKey.size()];
  }

  /** False after the last row. */
  boolean advance() {
    row = reader.next();
    if (row == null) {
      if (whole && count != file.rows()) {
        throw damaged("%d rows, expected %d".formatted(count, file.rows()));
      }
      return false;
    }
    if (count > 0 && byKey.compareKey(before, row) >= 0) {
      throw damaged("rows out of order, expected them sorted by key");
    }
    byKey.keyOf(row, before);
    count++;
    return true;
  }

  private LoadException damaged(String found) {
    return new LoadException(
        ErrorCode.STORE_UNSUITABLE,
        "Cannot read %s in the lake: found %s. Restore it from a backup; do not delete it."
            .formatted(file.path(), found));
  }

  Object[] row() {
    return row;
  }

  long order() {
    return order;
  }

  boolean deleted() {
    return ChangeSet.DELETE.equals(row[op]);
  }

  @Override
  public void close() {
    reader.close();
  }
}
