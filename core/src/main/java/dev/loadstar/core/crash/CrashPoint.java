package dev.loadstar.core.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * A named place between two durable steps at which a test may kill the process or hold it, so that
 * recovery and the race of two runs are shown and not assumed. Inert unless the system property
 * {@code loadstar.crash-at} or the environment variable {@code LOADSTAR_CRASH_AT} (for holding:
 * {@code hold}) names the point.
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
  EXPIRY_CLAIMED,
  /** A first publication has taken keys off tables of the warehouse. */
  KEYS_TAKEN_OFF,
  /** Its rows are shown, and keys that are no part of a transaction still off. */
  KEYS_WAITING;

  /** The exit status of a process that died here: what {@code kill -9} gives. */
  public static final int EXIT_STATUS = 137;

  /** In the folder that {@code LOADSTAR_HOLD_IN} names: who holds its lock holds the others. */
  public static final String GATE = "gate";

  /**
   * Kills the process at once, with no cleaning up, if this point was asked for; or holds it until
   * the file {@link #GATE} is no longer locked, after leaving a file of the process's id beside it.
   */
  public void reached() {
    if (isAskedFor("crash")) {
      Runtime.getRuntime().halt(EXIT_STATUS);
    }
    if (isAskedFor("hold")) {
      hold(Path.of(System.getenv("LOADSTAR_HOLD_IN")));
    }
  }

  private boolean isAskedFor(String what) {
    String variable = System.getenv("LOADSTAR_" + what.toUpperCase(Locale.ROOT) + "_AT");
    String wanted = System.getProperty("loadstar." + what + "-at", variable);
    return wanted != null && wanted.replace('-', '_').equalsIgnoreCase(name());
  }

  private static void hold(Path folder) {
    try (FileChannel gate = FileChannel.open(folder.resolve(GATE), StandardOpenOption.READ)) {
      Files.writeString(folder.resolve(String.valueOf(ProcessHandle.current().pid())), "");
      gate.lock(0, Long.MAX_VALUE, true).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
