package dev.loadstar.warehouse.staging;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.jdbc.RowSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;

/**
 * Changes of a table, read by one thread and taken by another, so that files are decoded while
 * values are encoded and the server works. The reader stays a few thousand rows ahead at most.
 */
final class ReadAhead implements RowSource {
  private static final int BATCH = 500;
  private static final int BATCHES = 8;

  /** Rows, the last ones with what was counted of all; or what broke. */
  private record Batch(List<Object[]> rows, ChangeRows ended, Throwable failure) {}

  private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(BATCHES);
  private Batch batch;
  private int position;

  /** Reads to the end; interrupt the thread to end it sooner. */
  void read(Supplier<ChangeRows> source) throws InterruptedException {
    try (ChangeRows rows = source.get()) {
      List<Object[]> read = new ArrayList<>(BATCH);
      for (Object[] row = rows.next(); row != null; row = rows.next()) {
        read.add(row.clone());
        if (read.size() == BATCH) {
          batches.put(new Batch(read, null, null));
          read = new ArrayList<>(BATCH);
        }
      }
      batches.put(new Batch(read, rows, null));
    } catch (RuntimeException | Error e) {
      batches.put(new Batch(List.of(), null, e));
    }
  }

  @Override
  public Object[] next() {
    while (batch == null || position == batch.rows().size()) {
      if (batch != null && batch.ended() != null) {
        return null;
      }
      batch = take();
      position = 0;
    }
    return batch.rows().get(position++);
  }

  /** Whether there is nothing to apply. */
  boolean isNothing() {
    if (batch == null) {
      batch = take();
    }
    return batch.ended() != null && batch.rows().isEmpty() && !batch.ended().snapshot();
  }

  /** What was read, once {@link #next()} has come to the end. */
  ChangeRows ended() {
    if (batch == null || batch.ended() == null) {
      throw new IllegalStateException("rows are left");
    }
    return batch.ended();
  }

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
