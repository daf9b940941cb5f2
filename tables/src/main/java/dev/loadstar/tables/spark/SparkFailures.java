package dev.loadstar.tables.spark;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.SparkThrowable;

/** Spark's failures in our own words: its messages may hold values, so none is repeated. */
public final class SparkFailures {
  private SparkFailures() {}

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
    LoadException translated =
        new LoadException(
            storage ? ErrorCode.UNREACHABLE : ErrorCode.INTERNAL,
            "Cannot %s: Spark failed with %s, expected it to end well. Nothing was made visible; run it again."
                .formatted(what, root.getClass().getSimpleName()));
    translated.setStackTrace(root.getStackTrace());
    return translated;
  }
}
