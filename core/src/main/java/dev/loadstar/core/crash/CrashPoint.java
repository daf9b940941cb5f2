package dev.loadstar.core.crash;

/**
 * A named place between two durable steps at which a test may kill the process, so that recovery is
 * shown and not assumed. Inert unless the system property {@code loadstar.crash-at} or the
 * environment variable {@code LOADSTAR_CRASH_AT} names the point.
 */
public enum CrashPoint {
  RAW_FILES_WRITTEN,
  RAW_LOAD_CLAIMED,
  PROCESSED_FILES_WRITTEN,
  PROCESSED_LOAD_CLAIMED,
  CURATED_FILES_WRITTEN,
  COMMIT_CLAIMED,
  STAGED,
  PUBLISH_APPLIED,
  PUBLISHED,
  CHECKPOINT_WRITTEN,
  CHECKPOINT_CLAIMED,
  /** Files of loads or commits are given up and still there. */
  EXPIRY_CLAIMED;

  /** The exit status of a process that died here: what {@code kill -9} gives. */
  public static final int EXIT_STATUS = 137;

  /** Kills the process at once, with no cleaning up, if this point was asked for. */
  public void reached() {
    String wanted = System.getProperty("loadstar.crash-at", System.getenv("LOADSTAR_CRASH_AT"));
    if (wanted != null && wanted.replace('-', '_').equalsIgnoreCase(name())) {
      Runtime.getRuntime().halt(EXIT_STATUS);
    }
  }
}
