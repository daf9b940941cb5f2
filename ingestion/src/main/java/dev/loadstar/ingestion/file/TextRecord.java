package dev.loadstar.ingestion.file;

/** One record of a file of text. */
sealed interface TextRecord {
  /**
   * A CSV record that fits its header; what stands between two delimiters, without its quotes.
   *
   * <p>The values are the reader's until its next call.
   */
  record Fields(String[] values) implements TextRecord {}

  /** A line that is one JSON object, as it came. */
  record Json(String text) implements TextRecord {}

  /** As it came; bytes that are no UTF-8 are given as Latin-1 all through, so none is lost. */
  record Malformed(String text) implements TextRecord {}
}
