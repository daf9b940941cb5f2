package dev.loadstar.app.archive;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.loadstar.app.spark.LazySpark;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/** What Spark compiles code for in a large night; in a small one nothing is compiled. */
final class CompiledQueries {
  private CompiledQueries() {}

  /**
   * @param folder to write to
   */
  static void run(Path folder) {
    try (LazySpark lazy = new LazySpark(Map.of())) {
      SparkSession spark = lazy.get();
      String file = folder.toString();
      spark
          .range(100)
          .withColumn("name", concat(lit("n"), col("id")))
          .withColumn("amount", col("id").cast("decimal(19,4)"))
          .withColumn("at", lit("2026-03-02 08:00:00").cast("timestamp"))
          .write()
          .partitionBy("at")
          .parquet(file);
      Dataset<Row> rows = spark.read().parquet(file);
      Dataset<Row> sums =
          rows.groupBy("name").agg(count("id").as("rows"), sum("amount").as("total"));
      Dataset<Row> latest =
          rows.withColumn(
              "place", row_number().over(Window.partitionBy("name").orderBy(col("id").desc())));
      latest
          .hint("merge")
          .join(sums, "name")
          .join(broadcast(rows.select("id").distinct()), "id")
          .withColumn("big", when(col("total").gt(50), lit(true)))
          .union(latest.join(sums, "name").withColumn("big", lit(false)))
          .orderBy("id")
          .limit(3)
          .collectAsList();
    }
  }
}
