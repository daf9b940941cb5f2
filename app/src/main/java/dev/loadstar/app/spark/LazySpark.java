package dev.loadstar.app.spark;

import dev.loadstar.tables.spark.SparkSettings;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * One Spark session, started by the first who asks. Under {@code spark-submit} it is the submitted
 * one. Thread safe.
 */
public final class LazySpark implements Supplier<SparkSession>, AutoCloseable {
  private final Map<String, String> hadoopOptions;
  private SparkSession session;

  /**
   * @param hadoopOptions with which Spark reaches the lake; may hold secrets
   */
  public LazySpark(Map<String, String> hadoopOptions) {
    this.hadoopOptions = Map.copyOf(hadoopOptions);
  }

  @Override
  public synchronized SparkSession get() {
    if (session == null) {
      session = start();
    }
    return session;
  }

  public synchronized boolean started() {
    return session != null;
  }

  private SparkSession start() {
    int cores = Runtime.getRuntime().availableProcessors();
    SparkSession.Builder builder = SparkSession.builder().appName("loadstar");
    option(builder, "spark.master", "local[*]");
    option(builder, "spark.ui.enabled", "false");
    option(builder, "spark.scheduler.mode", "FAIR");
    option(builder, "spark.io.encryption.enabled", "true"); // what spills is encrypted
    option(builder, "spark.sql.shuffle.partitions", String.valueOf(2 * cores));
    option(builder, "spark.sql.adaptive.coalescePartitions.parallelismFirst", "false");
    option(builder, "spark.redaction.regex", "(?i)secret|password|token|access[.]?key|credential");
    option(builder, "spark.sql.catalogImplementation", "in-memory");
    option(builder, "spark.log.structuredLogging.enabled", "false");
    if (System.getProperty("spark.master", "local").startsWith("local")) {
      option(builder, "spark.driver.host", "127.0.0.1"); // needs no name that resolves
      option(builder, "spark.driver.bindAddress", "127.0.0.1");
    }
    SparkSettings.FIXED.forEach(builder::config);
    hadoopOptions.forEach((key, value) -> builder.config("spark.hadoop." + key, value));
    return builder.getOrCreate();
  }

  /** A default: system properties, which {@code spark-submit} sets too, win. */
  private static void option(SparkSession.Builder builder, String key, String value) {
    builder.config(key, System.getProperty(key, value));
  }

  @Override
  public synchronized void close() {
    if (session != null) {
      session.stop();
      session = null;
    }
  }
}
