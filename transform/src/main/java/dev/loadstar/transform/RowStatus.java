package dev.loadstar.transform;

import java.util.Locale;

/** Where a raw row goes; the values of the output's partition column. */
enum RowStatus {
  PASSED,
  QUARANTINED,
  /** Repeats keep their pointer, for counting and tracing, and nothing else. */
  DEDUPLICATED;

  static final String COLUMN = "_status";

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The folder that Spark makes of it. */
  String folder(String attemptFolder) {
    return folderOf(attemptFolder, word());
  }

  static String folderOf(String attemptFolder, String word) {
    return attemptFolder + "/" + COLUMN + "=" + word;
  }
}
