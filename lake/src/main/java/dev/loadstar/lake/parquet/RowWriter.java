package dev.loadstar.lake.parquet;

import dev.loadstar.core.row.ColumnValues;
import dev.loadstar.lake.load.DataFile;
import java.io.Closeable;
import java.util.List;

/**
 * Writes rows into one Parquet file (zstd). A value's Java type follows its column: TEXT String,
 * BOOLEAN Boolean, INT Integer, BIGINT Long, FLOAT Float, DOUBLE Double, DECIMAL BigDecimal of any
 * scale up to the column's, DATE Integer (days since 1970-01-01), TIMESTAMP and LOCAL_TIMESTAMP
 * Long (microseconds since 1970-01-01T00:00), BINARY byte[]. Null is null. Not thread safe.
 */
public interface RowWriter extends Closeable {
  /** The array may be reused by the caller. */
  void write(Object[] values);

  /**
   * Writes rows column by column.
   *
   * @param columns in the order of the file's columns; may be used again by the caller
   * @param rows how many each of them has
   */
  void write(List<ColumnValues> columns, int rows);

  /** Finishes the file; after this it may be named in a load. */
  DataFile finish();

  /** Gives up an unfinished file; harmless after {@link #finish()}. */
  @Override
  void close();
}
