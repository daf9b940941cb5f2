package dev.loadstar.transform;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import java.io.IOException;

/** Spark's failures in our own words: its messages may hold values, so none is repeated. */
final class SparkFailures {
  private SparkFailures() {}

  static void guarded(EntityName entity, Runnable job) {
    try {
      job.run();
    } catch (RuntimeException e) {
      throw translated(entity, e);
    } catch (Exception e) { // AnalysisException, which Spark does not declare
      throw translated(entity, e);
    }
  }

  private static LoadException translated(EntityName entity, Exception failure) {
    Throwable root = failure;
    boolean storage = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LoadException known) {
        return known;
      }
      storage |= cause instanceof IOException;
      root = cause;
    }
    LoadException translated =
        new LoadException(
            storage ? ErrorCode.UNREACHABLE : ErrorCode.INTERNAL,
            "Cannot transform %s: Spark failed with %s, expected it to write the load. Nothing was made visible; run it again."
                .formatted(entity, root.getClass().getSimpleName()));
    translated.setStackTrace(root.getStackTrace());
    return translated;
  }
}
