package dev.loadstar.bench.dimension;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.loadstar.lake.Lake;
import dev.loadstar.lake.commit.ChangeSet;
import dev.loadstar.lake.commit.TableState;
import dev.loadstar.lake.load.DataFile;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a dimension's versions say, in figures for both sides to agree on. Surrogate keys are each
 * side's own, so only their number counts.
 */
final class Versions {
  private Versions() {}

  /** Of a table that holds nothing but versions. */
  static String checksum(Dataset<Row> versions) {
    return figures(versions.select(col("customer_key"), hash().as("version")));
  }

  /**
   * Of a table in the lake, read as {@code docs/lake-format.md} says: the last change set that
   * names a key wins.
   */
  static String checksum(SparkSession spark, Lake lake, TableState table) {
    Dataset<Row> all = null;
    List<ChangeSet> sets = Stream.concat(table.base().stream(), table.changes().stream()).toList();
    for (int i = 0; i < sets.size(); i++) {
      Dataset<Row> rows =
          spark
              .read()
              .parquet(paths(lake, sets.get(i).files()))
              .where("customer_key > 0") // not the special rows, which the other side has not
              .select(
                  col("customer_key"),
                  when(col("_op").equalTo("U"), hash()).as("version"),
                  lit(i).as("_set"));
      all = all == null ? rows : all.union(rows);
    }
    return figures(
        all.groupBy("customer_key")
            .agg(max_by(col("version"), col("_set")).as("version"))
            .where("version is not null"));
  }

  static String[] paths(Lake lake, List<DataFile> files) {
    return files.stream().map(file -> lake.files().uri(file.path())).toArray(String[]::new);
  }

  private static Column hash() {
    return xxhash64(
        col("customer_id"),
        col("name"),
        col("street"),
        col("city"),
        col("segment"),
        unix_micros(col("valid_from")),
        unix_micros(col("valid_to")),
        col("is_current"));
  }

  private static String figures(Dataset<Row> hashed) {
    Row row =
        hashed
            .agg(
                count(lit(1)),
                count_distinct(col("customer_key")),
                sum(col("version").cast("decimal(20,0)")))
            .first();
    return "%s versions, %s keys, checksum %s".formatted(row.get(0), row.get(1), row.get(2));
  }
}
