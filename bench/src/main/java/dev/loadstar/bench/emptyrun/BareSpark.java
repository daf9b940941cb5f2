package dev.loadstar.bench.emptyrun;

import dev.loadstar.bench.harness.LocalSpark;
import org.apache.spark.sql.SparkSession;

/** What any job on Spark pays before its first row: a start, a session and one trivial query. */
final class BareSpark {
  private BareSpark() {}

  public static void main(String[] arguments) {
    SparkSession spark = LocalSpark.start();
    try {
      if (spark.range(10).filter("id % 2 = 0").count() != 5) {
        throw new IllegalStateException("Spark cannot count");
      }
    } finally {
      spark.stop();
    }
  }
}
