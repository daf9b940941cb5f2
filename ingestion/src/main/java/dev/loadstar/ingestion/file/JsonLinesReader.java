package dev.loadstar.ingestion.file;

import dev.loadstar.ingestion.json.JsonFieldNames;
import java.io.IOException;
import java.io.InputStream;

/** JSON Lines: one object on every line; blank lines count for nothing. */
final class JsonLinesReader implements RecordReader {
  private final TextBytes bytes;
  private final JsonFieldNames fields;

  /**
   * @param fields remembers the fields of the objects
   */
  JsonLinesReader(InputStream in, JsonFieldNames fields) throws IOException {
    bytes = new TextBytes(in);
    this.fields = fields;
  }

  @Override
  public TextRecord next() throws IOException {
    while (true) {
      int end = line();
      if (!bytes.isUtf8()) {
        return bytes.malformed();
      }
      String text = bytes.text(0, bytes.length());
      if (!text.isBlank()) {
        return fields.isObject(text) ? new TextRecord.Json(text) : bytes.malformed();
      }
      if (end < 0) {
        return null;
      }
    }
  }

  private int line() throws IOException {
    bytes.clear();
    int next = bytes.read();
    while (next >= 0 && next != '\n') {
      bytes.keep(next);
      next = bytes.read();
    }
    bytes.dropCarriageReturn();
    return next;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
