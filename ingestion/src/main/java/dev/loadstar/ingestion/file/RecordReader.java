package dev.loadstar.ingestion.file;

import java.io.Closeable;
import java.io.IOException;

/** The records of one file of text, in order. Not thread safe. */
interface RecordReader extends Closeable {
  /**
   * The next record, or null after the last.
   *
   * @throws IOException when the file cannot be read on; a record that is merely wrong is {@link
   *     TextRecord.Malformed}
   */
  TextRecord next() throws IOException;
}
