package dev.loadstar.ingestion.file;

import java.util.Locale;
import java.util.Optional;

/** What is in a file, as the ending of its name says. */
enum FileKind {
  CSV,
  JSON_LINES,
  PARQUET;

  static final String KNOWN = ".csv, .txt, .jsonl, .ndjson (each also with .gz) or .parquet";

  static Optional<FileKind> of(String name) {
    String plain = name.toLowerCase(Locale.ROOT);
    boolean gzip = isGzip(name);
    if (gzip) {
      plain = plain.substring(0, plain.length() - ".gz".length());
    }
    if (plain.endsWith(".csv") || plain.endsWith(".txt")) {
      return Optional.of(CSV);
    }
    if (plain.endsWith(".jsonl") || plain.endsWith(".ndjson")) {
      return Optional.of(JSON_LINES);
    }
    return plain.endsWith(".parquet") && !gzip ? Optional.of(PARQUET) : Optional.empty();
  }

  static boolean isGzip(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".gz");
  }
}
