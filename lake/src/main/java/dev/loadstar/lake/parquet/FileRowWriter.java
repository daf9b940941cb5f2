package dev.loadstar.lake.parquet;

import dev.loadstar.core.row.ColumnValues;
import dev.loadstar.lake.load.DataFile;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.parquet.io.InputFile;

/** A file being written. */
final class FileRowWriter implements RowWriter {
  private final String path;
  private final RowGroups groups;
  private final Supplier<InputFile> written;
  private long rows;
  private boolean closed;

  FileRowWriter(String path, RowGroups groups, Supplier<InputFile> written) {
    this.path = path;
    this.groups = groups;
    this.written = written;
  }

  @Override
  public void write(Object[] values) {
    try {
      List<ColumnSink> sinks = groups.sinks();
      for (int i = 0; i < values.length; i++) {
        sinks.get(i).write(values[i]);
      }
      groups.added(1);
      rows++;
    } catch (IOException | RuntimeException e) {
      throw ParquetRows.failed("write", path, e);
    }
  }

  @Override
  public void write(List<ColumnValues> columns, int more) {
    try {
      List<ColumnSink> sinks = groups.sinks();
      for (int i = 0; i < sinks.size(); i++) {
        sinks.get(i).write(columns.get(i), more);
      }
      groups.added(more);
      rows += more;
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
      groups.finish();
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
        groups.close();
      } catch (IOException | RuntimeException e) {
        // Given up anyway: no load names the file, and the failure that led here is on its way.
        return;
      }
    }
  }
}
