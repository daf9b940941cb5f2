package dev.loadstar.starschema.builder;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Runs independent parts of a build side by side: small Spark jobs leave cores idle. */
final class Concurrently {
  private static final int THREADS = 4;

  private Concurrently() {}

  /** Waits for all, then throws the failure of the first that failed. */
  static void run(List<Runnable> parts) {
    forEach(parts, Runnable::run);
  }

  /** Waits for all, then throws the first failure. */
  static <T> void forEach(Collection<T> items, Consumer<T> work) {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> running = new ArrayList<>();
      items.forEach(item -> running.add(pool.submit(() -> work.accept(item))));
      RuntimeException failure = null;
      for (Future<?> part : running) {
        try {
          part.get();
        } catch (ExecutionException e) {
          RuntimeException cause =
              e.getCause() instanceof RuntimeException r
                  ? r
                  : new IllegalStateException(e.getCause());
          failure = failure == null ? cause : failure;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("interrupted while building", e);
        }
      }
      if (failure != null) {
        throw failure;
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
