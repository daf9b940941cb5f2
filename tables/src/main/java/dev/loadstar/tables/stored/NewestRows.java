package dev.loadstar.tables.stored;

import dev.loadstar.tables.KeyOrder;

/**
 * The rule by which change sets become a table, the only one there is: of the rows of one key that
 * of the newest set counts.
 *
 * <p>Answers deletions, too; who wants live rows passes over them.
 */
public final class NewestRows implements RowSequence {
  private final RowSequence rows;
  private final KeyOrder byKey;
  private final Object[] last;
  private boolean begun;
  private boolean deleted;

  /**
   * @param rows sorted by key, of one key the newest set's first
   */
  public NewestRows(RowSequence rows, KeyOrder byKey) {
    this.rows = rows;
    this.byKey = byKey;
    this.last = new Object[byKey.size()];
  }

  @Override
  public Object[] next() {
    Object[] row = rows.next();
    while (row != null && begun && byKey.compareKey(last, row) == 0) {
      row = rows.next();
    }
    if (row != null) {
      begun = true;
      deleted = rows.deleted();
      byKey.keyOf(row, last);
    }
    return row;
  }

  @Override
  public boolean deleted() {
    return deleted;
  }

  @Override
  public void close() {
    rows.close();
  }
}
