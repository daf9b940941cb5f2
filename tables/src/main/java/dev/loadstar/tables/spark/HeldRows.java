package dev.loadstar.tables.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows that are computed once and used several times: as they are, in memory, and what does not fit
 * on disk. Spark's own cache would turn them into compressed columns first, which took half of a
 * build.
 *
 * @param rows to be read as often as wanted until it is closed
 */
public record HeldRows(Dataset<Row> rows, Runnable letGo) implements AutoCloseable {
  @Override
  public void close() {
    letGo.run();
  }
}
