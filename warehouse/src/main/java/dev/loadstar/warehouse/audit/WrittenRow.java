package dev.loadstar.warehouse.audit;

import dev.loadstar.core.type.CanonicalText;
import dev.loadstar.core.type.Column;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The bytes that the checksum of a row is made of: each value's canonical text in UTF-8 with its
 * length in front, {@code 2;10}, and {@code -;} for null. So "a","bc" is not "ab","c", nor is null
 * an empty text. Warehouses of different age are compared by it, so it must never change.
 */
final class WrittenRow {
  private static final byte[] NULL = {'-', ';'};

  private WrittenRow() {}

  static byte[] of(Object[] row, List<Column> columns) {
    ByteArrayOutputStream written = new ByteArrayOutputStream(16 * row.length);
    for (int i = 0; i < row.length; i++) {
      String text = CanonicalText.of(row[i], columns.get(i).type());
      if (text == null) {
        written.writeBytes(NULL);
      } else {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        written.writeBytes((bytes.length + ";").getBytes(StandardCharsets.US_ASCII));
        written.writeBytes(bytes);
      }
    }
    return written.toByteArray();
  }
}
