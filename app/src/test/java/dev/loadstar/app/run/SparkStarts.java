package dev.loadstar.app.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;

/** Spark makes one for every application that it starts, when it is told to. */
public final class SparkStarts extends SparkListener {
  static final String PROPERTY = "spark.extraListeners";

  private static final AtomicInteger STARTED = new AtomicInteger();
  private static final AtomicInteger ENDED = new AtomicInteger();
  private static volatile CountDownLatch first = new CountDownLatch(1);

  public SparkStarts() {
    STARTED.incrementAndGet();
    first.countDown();
  }

  static void countFromZero() {
    STARTED.set(0);
    ENDED.set(0);
    first = new CountDownLatch(1);
  }

  static boolean awaitFirst() throws InterruptedException {
    return first.await(30, TimeUnit.SECONDS);
  }

  static int started() {
    return STARTED.get();
  }

  static int ended() {
    return ENDED.get();
  }

  @Override
  public void onApplicationEnd(SparkListenerApplicationEnd end) {
    ENDED.incrementAndGet();
  }
}
