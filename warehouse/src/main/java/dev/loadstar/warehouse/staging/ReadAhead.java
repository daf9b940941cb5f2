package dev.loadstar.warehouse.staging;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.tables.Changes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;

/**
 * Changes of a table, read by one thread and taken by another, so that files are decoded while
 * values are measured and encoded and the server works. The reader stays a few thousand rows ahead
 * at most. Closing is up to the thread that reads.
 */
final class ReadAhead implements Changes {
  private static final int BATCH = 2_000; // to wake the other costs more than a row
  private static final int BATCHES = 4;

  /**
   * Rows in order, or what broke.
   *
   * @param deleted positions of those that go
   */
  private record Batch(
      List<Object[]> rows, BitSet deleted, boolean snapshot, boolean last, Throwable failure) {}

  private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(BATCHES);
  private Batch batch;
  private int position;

  /** Reads to the end; interrupt the thread to end it sooner. */
  void read(Supplier<Changes> source) throws InterruptedException {
    try (Changes changes = source.get()) {
      List<Object[]> read = new ArrayList<>(BATCH);
      BitSet deleted = new BitSet();
      for (Object[] row = changes.next(); row != null; row = changes.next()) {
        deleted.set(read.size(), changes.deleted());
        read.add(row.clone());
        if (read.size() == BATCH) {
          batches.put(new Batch(read, deleted, changes.snapshot(), false, null));
          read = new ArrayList<>(BATCH);
          deleted = new BitSet();
        }
      }
      batches.put(new Batch(read, deleted, changes.snapshot(), true, null));
    } catch (RuntimeException | Error e) {
      batches.put(new Batch(List.of(), new BitSet(), false, true, e));
    }
  }

  @Override
  public Object[] next() {
    while (batch == null || position == batch.rows().size()) {
      if (batch != null && batch.last()) {
        return null;
      }
      batch = take();
      position = 0;
    }
    return batch.rows().get(position++);
  }

  @Override
  public boolean deleted() {
    return batch.deleted().get(position - 1);
  }

  @Override
  public boolean snapshot() {
    if (batch == null) {
      batch = take();
    }
    return batch.snapshot();
  }

  @Override
  public void close() {}

  private Batch take() {
    try {
      Batch taken = batches.take();
      if (taken.failure() instanceof LoadException known) {
        throw known;
      }
      if (taken.failure() != null) {
        throw new IllegalStateException("rows cannot be read", taken.failure());
      }
      return taken;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoadException(
          ErrorCode.UNREACHABLE, "Cannot publish: the run was interrupted. Run again.", e);
    }
  }
}
