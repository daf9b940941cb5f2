package dev.loadstar.lake.parquet;

import dev.loadstar.lake.load.DataFile;
import java.io.IOException;
import java.util.function.Supplier;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.InputFile;

/** A file being written. */
final class FileRowWriter implements RowWriter {
  private final String path;
  private final ParquetWriter<Object[]> writer;
  private final Supplier<InputFile> written;
  private long rows;
  private boolean closed;

  FileRowWriter(String path, ParquetWriter<Object[]> writer, Supplier<InputFile> written) {
    this.path = path;
    this.writer = writer;
    this.written = written;
  }

  @Override
  public void write(Object[] values) {
    try {
      writer.write(values);
      rows++;
    } catch (IOException | RuntimeException e) {
      throw ParquetRows.failed("write", path, e);
    }
  }

  @Override
  public DataFile finish() {
    if (closed) {
      throw new IllegalStateException(path + " is closed");
    }
    closed = true;
    try {
      writer.close();
      return new DataFile(path, rows, written.get().getLength());
    } catch (IOException | RuntimeException e) {
      throw ParquetRows.failed("write", path, e);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try {
        writer.close();
      } catch (IOException | RuntimeException e) {
        // Given up anyway: no load names the file, and the failure that led here is on its way.
        return;
      }
    }
  }
}
