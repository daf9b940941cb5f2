package dev.loadstar.tables.stored;

import dev.loadstar.lake.parquet.RowReader;

/** The rows of a merged table that are not deleted, with the first so many columns. */
final class LiveRows implements RowReader {
  private final RowSequence merged;

  LiveRows(RowSequence merged) {
    this.merged = merged;
  }

  @Override
  public Object[] next() {
    Object[] row = merged.next();
    while (row != null && merged.deleted()) {
      row = merged.next();
    }
    return row;
  }

  @Override
  public void close() {
    merged.close();
  }
}
