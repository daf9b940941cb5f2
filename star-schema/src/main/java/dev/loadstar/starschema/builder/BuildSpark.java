package dev.loadstar.starschema.builder;

import org.apache.spark.sql.SparkSession;

/**
 * A Spark session for one build, with settings that fit its size: a small star is a hundred tiny
 * queries, whose planning and code generation cost more than their rows.
 */
final class BuildSpark {
  private static final long SMALL = 1_000_000;

  private BuildSpark() {}

  /**
   * Shares the context of {@code session}.
   *
   * @param rows of all tables and of what is to be taken in
   */
  static SparkSession of(SparkSession session, long rows) {
    SparkSession own = session.newSession();
    own.conf().set("spark.sql.session.timeZone", "UTC");
    own.conf().set("spark.sql.ansi.enabled", "false");
    own.conf().set("spark.sql.parquet.compression.codec", "zstd");
    own.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    if (rows < SMALL) {
      own.conf().set("spark.sql.shuffle.partitions", "2");
      own.conf().set("spark.sql.adaptive.enabled", "false"); // each exchange would be a job
      own.conf().set("spark.sql.codegen.wholeStage", "false");
      own.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
      own.conf().set("spark.sql.sources.parallelPartitionDiscovery.threshold", "10000");
      own.conf().set("spark.sql.files.openCostInBytes", "65536"); // many small files, one task
    }
    return own;
  }
}
