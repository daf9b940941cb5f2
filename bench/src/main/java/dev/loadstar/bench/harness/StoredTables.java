package dev.loadstar.bench.harness;

import dev.loadstar.tables.Table;
import dev.loadstar.tables.spark.SparkTables;
import dev.loadstar.tables.stored.LakeTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads what Loadstar built, for figures that both sides must agree on. */
public final class StoredTables {
  private StoredTables() {}

  public static Dataset<Row> read(SparkSession spark, LakeTables tables, Table table) {
    try (SparkTables own =
        new SparkTables(spark, tables, tables.begin(tables.head()), SparkTables.SMALL_ROWS)) {
      return own.read(table);
    }
  }
}
