package dev.loadstar.app.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.tables.spark.SparkFailures;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.function.ForeachFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Spark that ends under its work, as a cluster ends an application, is no mistake of ours. */
class StoppedSparkTest {
  private static final CountDownLatch BEGUN = new CountDownLatch(1);
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  @Test
  @Timeout(60)
  void theWorkMaySucceedLater() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (LazySpark lazy = new LazySpark(Map.of())) {
      SparkSession spark = lazy.get();
      Future<LoadException> running = pool.submit(() -> failure(() -> endless(spark)));
      assertThat(BEGUN.await(30, TimeUnit.SECONDS)).isTrue();
      spark.sparkContext().stop();

      requireUnreachable(running.get());
      requireUnreachable(failure(() -> spark.range(5).count()));
      requireUnreachable(catchThrowableOfType(LoadException.class, lazy::get));
    } finally {
      pool.shutdownNow();
    }
  }

  private static LoadException failure(Runnable job) {
    return catchThrowableOfType(
        LoadException.class,
        () ->
            SparkFailures.guarded(
                "build the star",
                () -> {
                  job.run();
                  return null;
                }));
  }

  private static void endless(SparkSession spark) {
    spark
        .range(1)
        .as(Encoders.LONG())
        .foreach(
            (ForeachFunction<Long>)
                row -> {
                  BEGUN.countDown();
                  NEVER.await();
                });
  }

  private static void requireUnreachable(LoadException failure) {
    assertThat(failure.code()).as(failure.getMessage()).isEqualTo(ErrorCode.UNREACHABLE);
    assertThat(failure).hasMessageContaining("Spark was stopped");
  }
}
