package dev.loadstar.tables.spark;

import org.apache.spark.sql.SparkSession;

/** One context for all tests of the module. */
public final class TablesSpark {
  private TablesSpark() {}

  private static final class Shared {
    static final SparkSession ROOT =
        SparkSession.builder()
            .master("local[2]")
            .appName("tables tests")
            .config("spark.ui.enabled", "false")
            .getOrCreate();
    static final SparkSession JOBS = SparkSettings.forBuild(ROOT, 1, 1, 0);
    static final SparkSession FEW = SparkSettings.forBuild(ROOT, 1, 1, SparkSettings.FEW_ROWS);
  }

  /** Answers by jobs. */
  public static SparkSession shared() {
    return Shared.JOBS;
  }

  /** Answers queries over few rows without. */
  public static SparkSession few() {
    return Shared.FEW;
  }
}
