package dev.loadstar.app.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Spark on a cluster that is not there, or that goes away. */
class LazySparkTest {
  private static final String MASTER = "spark.master";
  private final String before = System.getProperty(MASTER);

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(MASTER);
    } else {
      System.setProperty(MASTER, before);
    }
  }

  @Test
  @Timeout(20)
  void aMasterThatIsNotThereIsAskedOnceHoweverManyNeedIt() throws IOException {
    String address = "spark://127.0.0.1:" + freePort();
    System.setProperty(MASTER, address);
    try (LazySpark spark = new LazySpark(Map.of())) {
      List<LoadException> failures =
          IntStream.range(0, 8)
              .parallel()
              .mapToObj(i -> catchThrowableOfType(LoadException.class, spark::get))
              .toList();

      assertThat(failures.get(0).code()).isEqualTo(ErrorCode.UNREACHABLE);
      assertThat(failures.get(0)).hasMessageContaining(address).hasMessageContaining("run again");
      assertThat(failures).allMatch(failure -> failure == failures.get(0));
      assertThat(spark.started()).isFalse();
    }
  }

  @Test
  @Timeout(20)
  void aMasterThatDoesNotAnswerIsWaitedForNoLongerThanTold() throws IOException {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> queue = new ArrayList<>();
      try {
        fill(full, queue);
        SparkMaster silent =
            new SparkMaster("spark://127.0.0.1:" + full.getLocalPort(), Duration.ofMillis(50));

        LoadException failure = catchThrowableOfType(LoadException.class, silent::requireListening);

        assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE);
      } finally {
        for (Socket socket : queue) {
          socket.close();
        }
      }
    }
  }

  @Test
  void oneOfSeveralMastersIsEnough() throws IOException {
    try (ServerSocket standby = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "spark://127.0.0.1:%d,127.0.0.1:%d";
      new SparkMaster(address.formatted(freePort(), standby.getLocalPort())).requireListening();
    }
  }

  @Test
  void anAddressOfAnotherFormIsAMistakeOfTheCall() {
    for (String address : List.of("spark://master", "spark://:7077", "spark://master:70770")) {
      LoadException failure =
          catchThrowableOfType(
              LoadException.class, () -> new SparkMaster(address).requireListening());
      assertThat(failure.code()).as(address).isEqualTo(ErrorCode.CONFIGURATION_INVALID);
    }
  }

  @Test
  void aSessionThatWasStoppedIsNotStartedAgain() {
    System.setProperty(MASTER, "local[1]");
    try (LazySpark spark = new LazySpark(Map.of())) {
      spark.get().sparkContext().stop();

      LoadException failure = catchThrowableOfType(LoadException.class, spark::get);

      assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE);
      assertThat(catchThrowableOfType(LoadException.class, spark::get)).isSameAs(failure);
    }
  }

  @Test
  @Timeout(60)
  void startedAheadItIsThereForWhoAsks() throws InterruptedException {
    System.setProperty(MASTER, "local[1]");
    try (LazySpark spark = new LazySpark(Map.of())) {
      spark.startAhead(() -> false);
      joinAhead();
      assertThat(spark.started()).isFalse();

      spark.startAhead(() -> true);
      spark.startAhead(() -> true);
      joinAhead();
      assertThat(spark.started()).isTrue();
      assertThat(spark.get()).isSameAs(spark.get());
    }
  }

  @Test
  @Timeout(60)
  void closedBeforeItIsStartedAheadItIsNotStarted() throws InterruptedException {
    System.setProperty(MASTER, "local[1]");
    CountDownLatch closed = new CountDownLatch(1);
    LazySpark spark = new LazySpark(Map.of());
    spark.startAhead(() -> awaited(closed));
    spark.close();
    closed.countDown();
    joinAhead();

    assertThat(spark.started()).isFalse();
    assertThat(SparkSession.getDefaultSession().isEmpty()).isTrue();
  }

  @Test
  @Timeout(20)
  void aRefusalAheadIsToldToWhoAsksAndToNobodyElse() throws Exception {
    String address = "spark://127.0.0.1:" + freePort();
    System.setProperty(MASTER, address);
    try (LazySpark spark = new LazySpark(Map.of())) {
      spark.startAhead(() -> true);
      joinAhead();
      System.setProperty(MASTER, "local[1]"); // a second try would succeed

      LoadException failure = catchThrowableOfType(LoadException.class, spark::get);

      assertThat(failure).hasMessageContaining(address);
      assertThat(catchThrowableOfType(LoadException.class, spark::get)).isSameAs(failure);
    }
  }

  @Test
  @Timeout(60)
  void whatCannotBeLookedAtAheadIsLeftToWhoAsks() throws InterruptedException {
    System.setProperty(MASTER, "local[1]");
    try (LazySpark spark = new LazySpark(Map.of())) {
      spark.startAhead(
          () -> {
            throw new IllegalStateException();
          });
      joinAhead();

      assertThat(spark.started()).isFalse();
      assertThat(spark.get()).isNotNull();
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void joinAhead() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("loadstar-spark-ahead")) {
        thread.join();
      }
    }
  }

  /** Connects until the server's queue is full, so that the next one is not answered. */
  private static void fill(ServerSocket server, List<Socket> queue) throws IOException {
    for (int i = 0; i < 64; i++) {
      Socket socket = new Socket();
      queue.add(socket);
      try {
        socket.connect(new InetSocketAddress("127.0.0.1", server.getLocalPort()), 100);
      } catch (java.net.SocketTimeoutException e) {
        return;
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
