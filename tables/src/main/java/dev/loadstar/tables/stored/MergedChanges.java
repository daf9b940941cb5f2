package dev.loadstar.tables.stored;

import dev.loadstar.tables.Changes;

/** Changes that are the newest rows of some change sets. */
final class MergedChanges implements Changes {
  private final RowSequence rows;
  private final boolean snapshot;

  MergedChanges(RowSequence rows, boolean snapshot) {
    this.rows = rows;
    this.snapshot = snapshot;
  }

  @Override
  public boolean snapshot() {
    return snapshot;
  }

  @Override
  public Object[] next() {
    Object[] row = rows.next();
    while (snapshot && row != null && rows.deleted()) {
      row = rows.next();
    }
    return row;
  }

  @Override
  public boolean deleted() {
    return rows.deleted();
  }

  @Override
  public void close() {
    rows.close();
  }
}
