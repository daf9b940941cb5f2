package dev.loadstar.core.row;

/** What a row of Java's objects takes in memory: rather too much than too little. */
public final class RowSize {
  /** The largest of an object's head, its fields and the place where it is held. */
  private static final long BYTES_PER_VALUE = 48;

  private RowSize() {}

  /** In bytes; values may be null. */
  public static long of(Object[] row) {
    long bytes = 0;
    for (Object value : row) {
      bytes += BYTES_PER_VALUE + length(value);
    }
    return bytes;
  }

  private static long length(Object value) {
    return value instanceof String text
        ? 2L * text.length()
        : value instanceof byte[] bytes ? bytes.length : 0;
  }
}
