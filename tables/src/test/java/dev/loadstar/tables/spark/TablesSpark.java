package dev.loadstar.tables.spark;

import org.apache.spark.sql.SparkSession;

/** One session for all tests of the module. */
final class TablesSpark {
  private TablesSpark() {}

  private static final class Shared {
    static final SparkSession SESSION =
        SparkSettings.forBuild(
            SparkSession.builder()
                .master("local[2]")
                .appName("tables tests")
                .config("spark.ui.enabled", "false")
                .getOrCreate(),
            1,
            1);
  }

  static SparkSession shared() {
    return Shared.SESSION;
  }
}
