package dev.loadstar.app.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Spark asks a master for a minute, and no setting of it shortens that. */
class LazySparkIT {
  @Test
  void aMasterThatTakesNobodyInIsAskedOnce() throws IOException {
    String before = System.getProperty("spark.master");
    try (ServerSocket deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        LazySpark spark = new LazySpark(Map.of())) {
      new Thread(() -> hangUp(deaf)).start();
      System.setProperty("spark.master", "spark://127.0.0.1:" + deaf.getLocalPort());

      LoadException failure = catchThrowableOfType(LoadException.class, spark::get);

      assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE);
      assertThat(failure)
          .hasMessageContaining("Cannot start Spark on spark://127.0.0.1:")
          .hasMessageContaining("spark.authenticate");
      assertThat(catchThrowableOfType(LoadException.class, spark::get)).isSameAs(failure);
      assertThat(spark.started()).isFalse();
    } finally {
      if (before == null) {
        System.clearProperty("spark.master");
      } else {
        System.setProperty("spark.master", before);
      }
    }
  }

  /** As a master does with somebody whose secret is another. */
  private static void hangUp(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        server.accept().close();
      } catch (IOException e) {
        return;
      }
    }
  }
}
