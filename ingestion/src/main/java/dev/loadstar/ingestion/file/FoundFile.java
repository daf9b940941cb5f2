package dev.loadstar.ingestion.file;

import java.io.Serializable;

/**
 * A file as it was seen once.
 *
 * @param name below the source's folder, with {@code /}
 * @param bytes its length
 * @param modified milliseconds since 1970-01-01T00:00Z
 */
record FoundFile(String name, long bytes, long modified) implements Serializable {
  /** What bookmarks keep; another mark is another content. */
  String mark() {
    return bytes + " " + modified;
  }
}
