package dev.loadstar.tables.spark;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.tables.spark.local.LocalQueries;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** The settings that results depend on, and those that fit the size of the work. */
public final class SparkSettings {
  private static final long SMALL = 1_000_000;
  private static final long FEW = 100_000;
  private static final long MANY = SMALL / 2;

  /** Up to so many rows a query of a build is answered without a job; see {@link LocalQueries}. */
  public static final long FEW_ROWS = 200_000;

  /**
   * The same where much is to be taken in. More rows than these take longer on one thread, their
   * expressions interpreted, than a job takes to begin.
   */
  private static final long FEW_OF_MANY = 20_000;

  /** As long as the longest part of a file that Spark gives to a task. */
  private static final String WHOLE_FILE = String.valueOf(128L << 20);

  /** Nobody else decides these. */
  public static final Map<String, String> FIXED =
      Map.of(
          "spark.sql.session.timeZone", "UTC",
          "spark.sql.ansi.enabled", "false",
          "spark.sql.parquet.compression.codec", "zstd",
          "spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS",
          // Dates before 1582 are what they say; there is no other calendar in a lake.
          "spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED",
          "spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED");

  /** A setting of the session that says another number than {@link #FEW_ROWS}. */
  private static final String FEW_ROWS_SETTING = "spark.loadstar.fewRows";

  private SparkSettings() {}

  private static SparkSession fixed(SparkSession session) {
    SparkSession own = session.newSession();
    FIXED.forEach((key, value) -> own.conf().set(key, value));
    return own;
  }

  /**
   * For transforming a load. Shares the context of {@code session}, its file systems included.
   *
   * @param rows of the load; few are read sooner than code for them is compiled
   */
  public static SparkSession forLoads(SparkSession session, long rows) {
    SparkSession own = fixed(session);
    if (rows < FEW) {
      interpret(own);
      own.conf().set("spark.sql.adaptive.enabled", "false");
    }
    own.conf().set("spark.sql.sources.partitionColumnTypeInference.enabled", "false");
    // Three open files a task instead of a sort of every row by its status.
    own.conf().set("spark.sql.maxConcurrentOutputFileWriters", "4");
    own.conf().set("spark.sql.optimizer.plannedWrite.enabled", "false");
    own.conf().set("spark.sql.files.maxPartitionBytes", String.valueOf(32L << 20));
    return own;
  }

  /**
   * For building a star. A small one is a hundred tiny queries, whose planning and code generation
   * cost more than their rows; a small change to a large one has few rows in its shuffles.
   *
   * @param rows of all tables and of what is to be taken in
   * @param news rows that are to be taken in
   * @param few {@link #FEW_ROWS}, but for tests
   * @throws LoadException {@code CONFIGURATION_INVALID} for a setting of few rows that is no number
   */
  public static SparkSession forBuild(SparkSession session, long rows, long news, long few) {
    SparkSession own = fixed(session);
    if (news < MANY) {
      own.conf().set("spark.sql.shuffle.partitions", "2");
      own.conf().set("spark.sql.adaptive.enabled", "false"); // each exchange would be a job
      own.conf().set("spark.sql.constraintPropagation.enabled", "false"); // squares with columns
      own.conf().set("spark.sql.sources.parallelPartitionDiscovery.threshold", "10000");
      own.conf().set("spark.sql.files.openCostInBytes", "65536"); // many small files, one task
    } else {
      // A file a task, in its order, however many cores there are: so rows are found sorted.
      own.conf().set("spark.sql.files.openCostInBytes", WHOLE_FILE);
    }
    LocalQueries.answer(own, few(session, news < MANY ? few : Math.min(few, FEW_OF_MANY)));
    if (rows < SMALL) {
      interpret(own);
    }
    return own;
  }

  private static long few(SparkSession session, long few) {
    String said = session.conf().get(FEW_ROWS_SETTING, String.valueOf(few));
    if (!said.matches("[0-9]{1,9}")) {
      throw new LoadException(
          ErrorCode.CONFIGURATION_INVALID,
          "Cannot build the star: found %s=%s, expected a number of rows, or 0 for none. Correct the setting of Spark."
              .formatted(FEW_ROWS_SETTING, said));
    }
    return Long.parseLong(said);
  }

  private static void interpret(SparkSession own) {
    own.conf().set("spark.sql.codegen.wholeStage", "false");
    own.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
  }
}
