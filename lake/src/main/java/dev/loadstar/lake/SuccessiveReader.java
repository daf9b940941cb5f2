package dev.loadstar.lake;

import dev.loadstar.lake.load.DataFile;
import dev.loadstar.lake.parquet.RowReader;
import java.util.Iterator;
import java.util.function.Function;

/** Rows of one file after the other; one is open at a time. */
final class SuccessiveReader implements RowReader {
  private final Iterator<DataFile> files;
  private final Function<DataFile, RowReader> open;
  private RowReader current;

  SuccessiveReader(Iterator<DataFile> files, Function<DataFile, RowReader> open) {
    this.files = files;
    this.open = open;
  }

  @Override
  public Object[] next() {
    while (true) {
      if (current == null) {
        if (!files.hasNext()) {
          return null;
        }
        current = open.apply(files.next());
      }
      Object[] row = current.next();
      if (row != null) {
        return row;
      }
      close();
    }
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
      current = null;
    }
  }
}
