package dev.loadstar.tables.spark;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.SparkSession;

/** Spark's failures in our own words: its messages may hold values, so none is repeated. */
public final class SparkFailures {
  /** What Spark says, in words that hold no values, when its context ends under a job. */
  private static final List<String> STOPPED =
      List.of(
          "SparkContext was shut down",
          "stopped SparkContext",
          "Master removed our application",
          "All masters are unresponsive");

  private SparkFailures() {}

  /**
   * @param what verb and object
   * @throws LoadException {@code UNREACHABLE} when the session was stopped, as a cluster does
   */
  public static void requireRunning(SparkSession session, String what) {
    if (session.sparkContext().isStopped()) {
      throw stopped(what);
    }
  }

  /**
   * @param what verb and object, as in <i>transform shop.orders</i>
   * @throws LoadException our own if there is one among the causes
   */
  public static <T> T guarded(String what, Callable<T> job) {
    try {
      return job.call();
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      throw translated(what, e);
    }
  }

  /** Perhaps one that retention let go of after it was looked up; the next run finds another. */
  private static boolean isMissingFile(Throwable cause) {
    return cause instanceof SparkThrowable known
        && known.getCondition() != null
        && (known.getCondition().equals("PATH_NOT_FOUND")
            || known.getCondition().endsWith(".FILE_NOT_EXIST"));
  }

  /** A job fails before its context says that it stopped, or after, with whatever it misses. */
  private static boolean isStopped(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (STOPPED.stream().anyMatch(message::contains)) {
        return true;
      }
    }
    return SparkSession.getDefaultSession().isEmpty();
  }

  private static LoadException stopped(String what) {
    return new LoadException(
        ErrorCode.UNREACHABLE,
        "Cannot %s: Spark was stopped, expected it to last until the work is done. Nothing was made visible; see in the cluster's log why, then run it again."
            .formatted(what));
  }

  private static LoadException translated(String what, Exception failure) {
    Throwable root = failure;
    boolean storage = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LoadException known) {
        return known;
      }
      storage |= cause instanceof IOException || isMissingFile(cause);
      root = cause;
    }
    if (isStopped(failure)) {
      return stopped(what);
    }
    LoadException translated =
        new LoadException(
            storage ? ErrorCode.UNREACHABLE : ErrorCode.INTERNAL,
            "Cannot %s: Spark failed with %s, expected it to end well. Nothing was made visible; run it again."
                .formatted(what, root.getClass().getSimpleName()));
    translated.setStackTrace(root.getStackTrace());
    return translated;
  }
}
