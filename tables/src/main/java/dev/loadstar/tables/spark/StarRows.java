package dev.loadstar.tables.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The rows of a star as it would be committed, and what sets it apart from the one before. */
@FunctionalInterface
public interface StarRows {
  /**
   * What a table differs by from the star before.
   *
   * @param now the rows that were written and stay
   * @param before the rows that the star before has under the keys that were written or went; empty
   *     when it has none
   */
  record Change(Dataset<Row> now, Optional<Dataset<Row>> before) {}

  /** All live rows of a table; null for one that is not known. */
  Dataset<Row> all(String table);

  default StructType schema(String table) {
    return all(table).schema();
  }

  /** Empty when the table is new, began anew or has other columns. */
  default Optional<Change> change(String table) {
    return Optional.empty();
  }

  /**
   * At least the live rows whose columns are among {@code keys}, which must never change for a
   * primary key.
   */
  default Dataset<Row> some(String table, Dataset<Row> keys) {
    return Joins.semi(all(table), keys);
  }

  /**
   * All rows whose columns are among {@code keys}, and perhaps older ones that were: to find out
   * which to look at.
   */
  default Dataset<Row> everSaid(String table, Dataset<Row> keys) {
    return Joins.semi(all(table), keys);
  }

  /** The same with a time in a span, whose column is a TIMESTAMP. */
  default Dataset<Row> everSaid(String table, String time, Instant from, Instant before) {
    return all(table).filter(col(time).geq(lit(from)).and(col(time).lt(lit(before))));
  }

  /** Computes rows once that are used several times. */
  default Dataset<Row> kept(Dataset<Row> rows) {
    return rows;
  }
}
