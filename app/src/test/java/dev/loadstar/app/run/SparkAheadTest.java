package dev.loadstar.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A night of a quick source and of one that answers only when Spark was started. */
@Timeout(90)
class SparkAheadTest {
  @TempDir Path folder;
  private final AtomicInteger status = new AtomicInteger(200);
  private HttpServer stores;
  private TillProject project;

  @BeforeEach
  void open() throws IOException {
    stores = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    stores.createContext("/stores", this::answerWhenSparkStarted);
    stores.start();
    project = new TillProject(folder);
    project.write(
        "sources/shops.yaml",
        """
        shops:
          api: http://127.0.0.1:%d
          endpoints:
            stores: { path: /stores, key: id, columns: { id: int } }
        """
            .formatted(stores.getAddress().getPort()));
    project.write(
        "masking/classification.yaml",
        "entities: { tills.sales: not_personal, shops.stores: not_personal }\n");
    project.feed("sales_20261120.csv", "1,2026-11-20T10:00:00Z,5");
    SparkStarts.countFromZero();
    System.setProperty(SparkStarts.PROPERTY, SparkStarts.class.getName());
  }

  @AfterEach
  void close() {
    System.clearProperty(SparkStarts.PROPERTY);
    stores.stop(0);
  }

  private void answerWhenSparkStarted(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean started = SparkStarts.awaitFirst();
      byte[] records = "[{\"id\": 1}]".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(started ? status.get() : 404, records.length);
      exchange.getResponseBody().write(records);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void itStartsOnceWhileSourcesAreReadAndNotInANightWithNothingNew() throws IOException {
    assertThat(project.loadstar("run", "--to-step", "build")).as(project.err()).isZero();
    assertThat(SparkStarts.started()).isOne();
    requireSparkEnded();

    assertThat(project.loadstar("run", "--to-step", "build")).as(project.err()).isZero();
    assertThat(SparkStarts.started()).isOne();
    assertThat(project.err()).contains("no new loads");
  }

  @Test
  void whatAnEarlierRunLeftStartsItBeforeAnythingIsRead() throws IOException {
    assertThat(project.loadstar("ingest", "--select", "tills.sales")).as(project.err()).isZero();
    assertThat(SparkStarts.started()).isZero();

    assertThat(project.loadstar("run", "--to-step", "build")).as(project.err()).isZero();

    assertThat(SparkStarts.started()).isOne();
    requireSparkEnded();
  }

  @Test
  void aSourceThatFailsWhileItStartsEndsTheNightAndSpark() throws IOException {
    status.set(404);

    assertThat(project.loadstar("run", "--to-step", "build")).isEqualTo(2);

    assertThat(project.err()).containsOnlyOnce("status 404").doesNotContain("Spark");
    assertThat(project.report(1).at("/steps/0/outcome").asText()).isEqualTo("failed");
    assertThat(project.report(1).at("/steps/1").isMissingNode()).isTrue();
    assertThat(SparkStarts.started()).isOne();
    requireSparkEnded();
  }

  @Test
  void aRunThatEndsWithTheSourcesDoesNotStartIt() {
    assertThat(project.loadstar("run", "--to-step", "ingest", "--select", "tills.sales"))
        .as(project.err())
        .isZero();

    assertThat(SparkStarts.started()).isZero();
  }

  private static void requireSparkEnded() {
    assertThat(SparkStarts.ended()).isOne();
    assertThat(SparkSession.getDefaultSession().isEmpty()).isTrue();
  }
}
