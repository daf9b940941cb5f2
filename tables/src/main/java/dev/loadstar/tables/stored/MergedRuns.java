package dev.loadstar.tables.stored;

import dev.loadstar.tables.KeyOrder;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Sorted runs as one sequence, in memory of one row a run. */
final class MergedRuns implements RowSequence {
  private final List<SortedRun> all;
  private final Comparator<SortedRun> order;
  private final PriorityQueue<SortedRun> waiting;
  private SortedRun current;

  MergedRuns(List<SortedRun> runs, KeyOrder byKey) {
    all = List.copyOf(runs);
    Comparator<SortedRun> keys = (a, b) -> byKey.compare(a.row(), b.row());
    order = keys.thenComparing(Comparator.comparingLong(SortedRun::order).reversed());
    waiting = new PriorityQueue<>(Math.max(1, runs.size()), order);
    try {
      for (SortedRun run : runs) {
        if (run.advance()) {
          waiting.add(run);
        }
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public Object[] next() {
    if (current != null && current.advance()) {
      if (waiting.isEmpty() || order.compare(current, waiting.peek()) < 0) {
        return current.row();
      }
      waiting.add(current);
    }
    current = waiting.poll();
    return current == null ? null : current.row();
  }

  @Override
  public boolean deleted() {
    return current.deleted();
  }

  @Override
  public void close() {
    all.forEach(SortedRun::close);
  }
}
