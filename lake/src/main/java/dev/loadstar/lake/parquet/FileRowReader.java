package dev.loadstar.lake.parquet;

import java.io.IOException;
import org.apache.parquet.hadoop.ParquetReader;

/** A file being read. */
final class FileRowReader implements RowReader {
  private final String path;
  private final ParquetReader<Object[]> reader;

  FileRowReader(String path, ParquetReader<Object[]> reader) {
    this.path = path;
    this.reader = reader;
  }

  @Override
  public Object[] next() {
    try {
      return reader.read();
    } catch (IOException | RuntimeException e) {
      throw ParquetRows.failed("read", path, e);
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw ParquetRows.failed("read", path, e);
    }
  }
}
