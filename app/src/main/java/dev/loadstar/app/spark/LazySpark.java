package dev.loadstar.app.spark;

import dev.loadstar.core.error.LoadException;
import dev.loadstar.tables.spark.SparkFailures;
import dev.loadstar.tables.spark.SparkSettings;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionBuilder;

/**
 * One Spark session, started by the first who asks, or ahead of them. Under {@code spark-submit} it
 * is the submitted one. A cluster that did not take it in is not asked again. Thread safe.
 */
public final class LazySpark implements Supplier<SparkSession>, AutoCloseable {
  private final Map<String, String> hadoopOptions;
  private SparkSession session;
  private LoadException refusal;
  private boolean closed;

  /**
   * @param hadoopOptions with which Spark reaches the lake; may hold secrets
   */
  public LazySpark(Map<String, String> hadoopOptions) {
    this.hadoopOptions = Map.copyOf(hadoopOptions);
  }

  /**
   * @throws LoadException {@code UNREACHABLE} when the cluster cannot be reached or ended the
   *     session; the same one to everybody who asks later
   */
  @Override
  public synchronized SparkSession get() {
    if (refusal != null) {
      throw refusal;
    }
    try {
      RememberedMisses.take();
      if (session == null) {
        session = start(new SparkMaster(System.getProperty("spark.master", "local[*]")));
      }
      SparkFailures.requireRunning(session, "go on");
      return session;
    } catch (LoadException e) {
      refusal = e;
      throw e;
    }
  }

  /**
   * Starts it beside the caller's work, so that nobody waits for it later. What goes wrong is told
   * to those who ask for it, and to nobody when nobody does.
   *
   * @param needed whether somebody will ask; asked beside the caller's work, too
   */
  public void startAhead(BooleanSupplier needed) {
    Thread ahead = new Thread(() -> ahead(needed), "loadstar-spark-ahead");
    ahead.setDaemon(true); // close() waits for it where it matters
    ahead.start();
  }

  private void ahead(BooleanSupplier needed) {
    try {
      if (needed.getAsBoolean()) {
        getUnlessClosed();
      }
    } catch (Throwable e) { // Spark throws what it does not declare; who needs it meets it again
      return;
    }
  }

  private synchronized void getUnlessClosed() {
    if (!closed) {
      SparkSession unused = get();
    }
  }

  public synchronized boolean started() {
    return session != null;
  }

  private SparkSession start(SparkMaster master) {
    master.requireListening();
    SparkSession started;
    try {
      started = builder(master).getOrCreate();
    } catch (Exception e) { // what it throws while its context ends depends on how far it came
      if (master.isLocal()) {
        throw e;
      }
      throw master.refused("Spark gave up", e);
    }
    if (!master.tookIn(started.sparkContext())) {
      started.stop();
      throw master.refused("Spark gave up", null);
    }
    return started;
  }

  private SparkSessionBuilder builder(SparkMaster master) {
    int cores = Runtime.getRuntime().availableProcessors();
    // SparkSession.builder() would look for this very class with Scala's reflection, for half a
    // second.
    SparkSessionBuilder builder =
        org.apache.spark.sql.classic.SparkSession.builder().appName("loadstar");
    builder.config("spark.master", master.address());
    option(builder, "spark.ui.enabled", "false");
    option(builder, "spark.scheduler.mode", "FAIR");
    option(builder, "spark.io.encryption.enabled", "true"); // what spills is encrypted
    option(builder, "spark.sql.shuffle.partitions", String.valueOf(2 * cores));
    option(builder, "spark.sql.adaptive.coalescePartitions.parallelismFirst", "false");
    option(builder, "spark.redaction.regex", "(?i)secret|password|token|access[.]?key|credential");
    option(builder, "spark.sql.catalogImplementation", "in-memory");
    option(builder, "spark.log.structuredLogging.enabled", "false");
    // Loads and commits say what counts; nobody looks for _SUCCESS, which costs a write each.
    option(builder, "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs", "false");
    if (master.isLocal()) {
      option(builder, "spark.driver.host", "127.0.0.1"); // needs no name that resolves
      option(builder, "spark.driver.bindAddress", "127.0.0.1");
    }
    SparkSettings.FIXED.forEach(builder::config);
    hadoopOptions.forEach((key, value) -> builder.config("spark.hadoop." + key, value));
    return builder;
  }

  /** A default: system properties, which {@code spark-submit} sets too, win. */
  private static void option(SparkSessionBuilder builder, String key, String value) {
    builder.config(key, System.getProperty(key, value));
  }

  /** Waits for one that is just starting, so that none is left behind. */
  @Override
  public synchronized void close() {
    closed = true;
    if (session != null) {
      session.stop();
      session = null;
    }
  }
}
