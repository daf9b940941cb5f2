package dev.loadstar.ingestion.file;

import java.io.IOException;

/** The file as a whole makes no sense; its message says what was found, without any value. */
final class UnreadableFileException extends IOException {
  private static final long serialVersionUID = 1L;
  private final String expected;

  UnreadableFileException(String found, String expected) {
    super(found);
    this.expected = expected;
  }

  String expected() {
    return expected;
  }
}
