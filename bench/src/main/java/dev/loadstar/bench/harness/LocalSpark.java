package dev.loadstar.bench.harness;

import org.apache.spark.sql.SparkSession;

/**
 * Spark on this machine, for both sides alike, with what Loadstar sets that bears on results and
 * files. Spills are not encrypted, which {@code loadstar} does.
 */
public final class LocalSpark {
  private LocalSpark() {}

  /** The caller stops it. */
  public static SparkSession start() {
    int cores = Runtime.getRuntime().availableProcessors();
    return SparkSession.builder()
        .appName("loadstar-bench")
        .master("local[*]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.ansi.enabled", "false")
        .config("spark.sql.shuffle.partitions", Integer.toString(2 * cores))
        .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
        .config("spark.sql.parquet.compression.codec", "zstd")
        .getOrCreate();
  }
}
