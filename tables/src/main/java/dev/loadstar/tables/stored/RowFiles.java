package dev.loadstar.tables.stored;

import dev.loadstar.core.type.Column;
import dev.loadstar.lake.file.LakeFiles;
import dev.loadstar.lake.load.DataFile;
import dev.loadstar.lake.parquet.ParquetRows;
import dev.loadstar.lake.parquet.RowFilter;
import dev.loadstar.lake.parquet.RowReader;
import dev.loadstar.lake.parquet.RowSearch;
import dev.loadstar.lake.parquet.RowWriter;
import java.util.List;
import java.util.Optional;

/** Parquet files under a lake, wherever a reader of it runs. Thread safe. */
public record RowFiles(LakeFiles files) {
  /** All rows of a file; null where it lacks a column. */
  public RowReader read(DataFile file, List<Column> columns) {
    return read(file, columns, Optional.empty());
  }

  RowReader read(DataFile file, List<Column> columns, Optional<RowFilter> filter) {
    var input = files.newInput(file.path());
    return filter.isPresent()
        ? ParquetRows.read(file.path(), input, columns, filter.get())
        : ParquetRows.read(file.path(), input, columns);
  }

  /** Finds some rows of a file. */
  RowSearch search(DataFile file, List<Column> columns) {
    return new RowSearch(file.path(), files.newInput(file.path()), columns);
  }

  RowWriter write(String path, List<Column> columns) {
    return ParquetRows.write(path, files.newOutput(path), () -> files.newInput(path), columns);
  }

  List<Object> pageStarts(DataFile file, Column column) {
    return ParquetRows.pageStarts(file.path(), files.newInput(file.path()), column);
  }
}
