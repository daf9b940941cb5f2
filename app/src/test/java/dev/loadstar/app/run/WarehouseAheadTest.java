package dev.loadstar.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nights whose warehouse hangs up on everybody, and counts them. */
@Timeout(90)
class WarehouseAheadTest {
  /** Ahead of the load, for the widths of its columns, and by the load. */
  private static final int CALLS_OF_A_NIGHT = 3;

  @TempDir Path folder;
  private final Semaphore calls = new Semaphore(0);
  private ServerSocket warehouse;
  private TillProject project;

  @BeforeEach
  void open() throws IOException {
    warehouse = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread answers = new Thread(this::hangUp, "warehouse");
    answers.setDaemon(true);
    answers.start();
    project = new TillProject(folder);
    project.edit(
        "loadstar.yaml",
        "\"${env:NO_WAREHOUSE}\"",
        "\"jdbc:postgresql://127.0.0.1:%d/star?sslmode=disable\""
            .formatted(warehouse.getLocalPort()));
    project.feed("sales_20261120.csv", "1,2026-11-20T10:00:00Z,5");
  }

  @AfterEach
  void close() throws IOException {
    warehouse.close();
  }

  private void hangUp() {
    while (!warehouse.isClosed()) {
      try (Socket caller = warehouse.accept()) {
        calls.release();
      } catch (IOException e) {
        return;
      }
    }
  }

  @Test
  void itIsAskedWhileTheStarIsBuiltAndTheLoadAloneTells() throws Exception {
    assertThat(project.loadstar("run")).as(project.err()).isEqualTo(75);

    assertThat(calls.tryAcquire(CALLS_OF_A_NIGHT, 10, TimeUnit.SECONDS)).isTrue();
    assertThat(project.err()).containsOnlyOnce("Cannot connect to");
    assertThat(project.report(1).at("/steps/2/outcome").asText()).isEqualTo("done");
    assertThat(project.report(1).at("/steps/3/error").asText()).isEqualTo("UNREACHABLE");
  }

  @Test
  void aRunThatDoesNotLoadAsksItNothing() {
    assertThat(project.loadstar("run", "--to-step", "build")).as(project.err()).isZero();

    assertThat(calls.availablePermits()).isZero();
  }

  @Test
  void withNothingToBuildOnlyTheLoadAsks() {
    assertThat(project.loadstar("run", "--to-step", "build")).as(project.err()).isZero();

    assertThat(project.loadstar("run")).isEqualTo(75);

    assertThat(calls.availablePermits()).isOne();
  }
}
