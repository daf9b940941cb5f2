package dev.loadstar.bench.dimension;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.xxhash64;

import dev.loadstar.bench.harness.StoredTables;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.LoadFiles;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.stored.LakeTables;
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

  /** Of the table in the lake. */
  static String checksum(SparkSession spark, LakeTables tables, Table table) {
    return checksum(
        StoredTables.read(spark, tables, table)
            .where("customer_key > 0")); // not the special rows, which the other side has not
  }

  static String[] paths(Lake lake, LoadFiles files) {
    return files.paths().stream().map(lake.files()::uri).toArray(String[]::new);
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
