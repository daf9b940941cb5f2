package dev.loadstar.ingestion.database;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.ingestion.RawRowSink;
import dev.loadstar.jdbc.PartedTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Copies a table part after part. The first connection takes parts until none is left; others help
 * as long as permits last and the server lets them in, and where none can, it does all. Used once.
 */
final class PartedCopy {
  private final TableCopy copy;
  private final PartedTable table;
  private final List<String> parts;
  private final AtomicInteger next = new AtomicInteger();
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final List<Future<CopiedRows>> helping = new ArrayList<>();
  private volatile boolean refused;
  private volatile boolean stopped;

  PartedCopy(TableCopy copy, PartedTable table) {
    this.copy = copy;
    this.table = table;
    this.parts = table.conditions();
  }

  /**
   * @param connection in the transaction whose state the others join
   */
  CopiedRows into(Connection connection, RawRowSink sink) {
    ExecutorService threads = Executors.newCachedThreadPool();
    boolean complete = false;
    try {
      CopiedRows copied = CopiedRows.NONE;
      for (int part = next.getAndIncrement();
          part < parts.size() && !stopped;
          part = next.getAndIncrement()) {
        callHelp(threads, sink);
        copied = part(connection, part, sink, copied);
      }
      for (Future<CopiedRows> helper : helping) {
        copied = copy.sum(copied, helper.get());
      }
      complete = true;
      return copied;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoadException(
          ErrorCode.UNREACHABLE, "Cannot finish ingest: the run was interrupted. Run again.", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } finally {
      if (!complete) {
        stop();
      }
      awaitEnd(threads);
    }
  }

  private void callHelp(ExecutorService threads, RawRowSink sink) {
    while (!refused && next.get() + helping.size() < parts.size() && copy.helpers().tryAcquire()) {
      helping.add(threads.submit(() -> help(sink)));
    }
  }

  private CopiedRows help(RawRowSink sink) throws SQLException {
    Optional<Connection> joined = Optional.empty();
    try {
      joined = joined();
      refused |= joined.isEmpty();
      if (joined.isEmpty()) {
        return CopiedRows.NONE;
      }
      RawRowSink own = sink.beside();
      CopiedRows copied = CopiedRows.NONE;
      for (int part = next.getAndIncrement();
          part < parts.size() && !stopped;
          part = next.getAndIncrement()) {
        copied = part(joined.get(), part, own, copied);
      }
      return copied;
    } catch (RuntimeException e) {
      stop(); // nobody need go on
      throw e;
    } finally {
      if (joined.isPresent()) {
        open.remove(joined.get());
        joined.get().close();
      }
      copy.helpers().release();
    }
  }

  /** Empty where the server is full or does not know the state that is shared. */
  private Optional<Connection> joined() throws SQLException {
    Connection connection;
    try {
      connection = copy.database().connect();
    } catch (LoadException e) {
      return Optional.empty();
    }
    try {
      open.add(connection);
      connection.setReadOnly(true);
      table.join(connection);
      return Optional.of(connection);
    } catch (SQLException e) {
      open.remove(connection);
      connection.close();
      return Optional.empty();
    }
  }

  private CopiedRows part(Connection connection, int part, RawRowSink sink, CopiedRows before) {
    return copy.query(
        connection,
        copy.split().sql(parts.get(part)),
        "%s %06d".formatted(copy.origin(), part + 1),
        sink,
        () -> stopped,
        before);
  }

  /** Helpers may be waiting for the server. */
  private void stop() {
    stopped = true;
    for (Connection connection : open) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        continue; // it ends with its next answer
      }
    }
  }

  private static void awaitEnd(ExecutorService threads) {
    threads.shutdown();
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        var unused = threads.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
