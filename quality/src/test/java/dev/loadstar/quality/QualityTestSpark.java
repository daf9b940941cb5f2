package dev.loadstar.quality;

import org.apache.spark.sql.SparkSession;

/** The module's one session. */
final class QualityTestSpark {
  static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", "false")
          .config("spark.sql.session.timeZone", "UTC")
          .config("spark.sql.ansi.enabled", "false")
          .config("spark.sql.shuffle.partitions", "2")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.sql.catalogImplementation", "in-memory")
          .getOrCreate();

  private QualityTestSpark() {}
}
