package dev.loadstar.ingestion.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a file of text, and the record that is being gathered from them. A byte order mark
 * at the beginning is passed over. Not thread safe.
 */
final class TextBytes implements Closeable {
  /** A longer record is a broken file, such as one whose quote is never closed. */
  private static final int LONGEST_RECORD = 16 << 20;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int filled;
  private byte[] record = new byte[1 << 10];
  private int length;
  private boolean ascii = true;

  TextBytes(InputStream in) throws IOException {
    this.in = in;
    filled = in.readNBytes(buffer, 0, 3);
    int first = filled > 0 ? buffer[0] & 0xFF : -1;
    int second = filled > 1 ? buffer[1] & 0xFF : -1;
    if (first == 0xFF && second == 0xFE || first == 0xFE && second == 0xFF) {
      throw new UnreadableFileException("its text is UTF-16", "UTF-8");
    }
    boolean mark = first == 0xEF && second == 0xBB && filled == 3 && (buffer[2] & 0xFF) == 0xBF;
    at = mark ? 3 : 0;
  }

  /** The next byte, 0 to 255, or -1 at the end. */
  int read() throws IOException {
    if (at == filled) {
      at = 0;
      filled = Math.max(0, in.read(buffer, 0, buffer.length));
      if (filled == 0) {
        return -1;
      }
    }
    return buffer[at++] & 0xFF;
  }

  /** Begins a new record. */
  void clear() {
    length = 0;
    ascii = true;
  }

  /** Adds a byte to the record. */
  void keep(int value) throws UnreadableFileException {
    if (length == record.length) {
      if (length == LONGEST_RECORD) {
        throw new UnreadableFileException(
            "a record is longer than 16 MiB", "shorter ones whose quotes are closed");
      }
      record = Arrays.copyOf(record, Math.min(LONGEST_RECORD, length * 2));
    }
    record[length++] = (byte) value;
    ascii &= value < 0x80;
  }

  /** Forgets a carriage return at the end of the record, which belongs to the line's end. */
  void dropCarriageReturn() {
    if (length > 0 && record[length - 1] == '\r') {
      length--;
    }
  }

  int length() {
    return length;
  }

  boolean isUtf8() {
    if (ascii) {
      return true;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(record, 0, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** A part of a record that {@link #isUtf8}. */
  String text(int from, int to) {
    return new String(
        record, from, to - from, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }

  TextRecord malformed() {
    return new TextRecord.Malformed(
        isUtf8() ? text(0, length) : new String(record, 0, length, StandardCharsets.ISO_8859_1));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
