package dev.loadstar.transform;

import org.apache.spark.sql.SparkSession;

/** One session for all tests of the module. */
final class TransformTestSpark {
  private TransformTestSpark() {}

  private static final class Shared {
    static final SparkSession SESSION =
        SparkSession.builder()
            .master("local[2]")
            .appName("transform tests")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.io.encryption.enabled", "true")
            .getOrCreate();
  }

  static SparkSession shared() {
    return Shared.SESSION;
  }
}
