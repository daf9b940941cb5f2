package dev.loadstar.transform;

import org.apache.spark.sql.SparkSession;

/** Spark settings that the results of this module depend on, in a session of their own. */
final class TransformSession {
  private TransformSession() {}

  /** Shares the context of {@code session}, its file systems included. */
  static SparkSession of(SparkSession session) {
    SparkSession own = session.newSession();
    own.conf().set("spark.sql.session.timeZone", "UTC");
    own.conf().set("spark.sql.ansi.enabled", "false");
    own.conf().set("spark.sql.parquet.compression.codec", "zstd");
    own.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    // Dates before 1582 are what they say; there is no other calendar in a lake.
    own.conf().set("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED");
    own.conf().set("spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED");
    own.conf().set("spark.sql.sources.partitionColumnTypeInference.enabled", "false");
    // Three open files a task instead of a sort of every row by its status.
    own.conf().set("spark.sql.maxConcurrentOutputFileWriters", "4");
    own.conf().set("spark.sql.optimizer.plannedWrite.enabled", "false");
    own.conf().set("spark.sql.files.maxPartitionBytes", String.valueOf(32L << 20));
    return own;
  }
}
