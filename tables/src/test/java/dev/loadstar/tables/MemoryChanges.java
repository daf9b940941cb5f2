package dev.loadstar.tables;

import java.util.Iterator;
import java.util.Map;

/** Changes that were found beforehand. */
final class MemoryChanges implements Changes {
  private final boolean snapshot;
  private final Iterator<Map.Entry<Object[], Object[]>> rows;
  private final Map<Object[], Boolean> gone;
  private boolean deleted;

  MemoryChanges(
      boolean snapshot, Iterator<Map.Entry<Object[], Object[]>> rows, Map<Object[], Boolean> gone) {
    this.snapshot = snapshot;
    this.rows = rows;
    this.gone = gone;
  }

  @Override
  public boolean snapshot() {
    return snapshot;
  }

  @Override
  public Object[] next() {
    if (!rows.hasNext()) {
      return null;
    }
    Map.Entry<Object[], Object[]> row = rows.next();
    deleted = gone.containsKey(row.getKey());
    return row.getValue();
  }

  @Override
  public boolean deleted() {
    return deleted;
  }

  @Override
  public void close() {}
}
