package dev.loadstar.demo.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loadstar.app.command.Loadstar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a newcomer starts it, watched by an analyst who never stops asking. */
class DemoE2eIT {
  private static final List<String> ROWS =
      List.of(
          "read",
          "released",
          "passed",
          "unchanged",
          "deduplicated",
          "filtered",
          "quarantined",
          "waiting");

  @TempDir Path folder;

  @Test
  void onPostgresAnAnalystSeesWholeNightsOnly() throws Exception {
    int port = freePort();
    String url = "jdbc:postgresql://127.0.0.1:%d/warehouse".formatted(port);
    watched(url, "--days", "3", "--port", String.valueOf(port));
  }

  @Test
  void onMySqlAnAnalystSeesWholeNightsOnly() throws Exception {
    int port = freePort();
    String url = "jdbc:mysql://127.0.0.1:%d/bi?sslMode=DISABLED".formatted(port);
    watched(url, "--days", "2", "--port", String.valueOf(port), "--warehouse", "mysql");
  }

  @Test
  void theLakeMayLieOnS3() throws IOException {
    JsonNode result = demo("--days", "2", "--lake", "s3");

    requireWhole(result, 2);
  }

  private void watched(String url, String... arguments) throws Exception {
    JsonNode result;
    try (SalesWatcher analyst = SalesWatcher.start(url)) {
      result = demo(arguments);
      analyst.requireOnlyWholeNights(result.at("/warehouse/tables").get("dw.fact_sales").asLong());
    }
    requireWhole(result, Integer.parseInt(arguments[1]));
    assertThat(result.at("/warehouse/url").asText()).isEqualTo(url);
  }

  /** The shape that scripts rely on, and rows that add up. */
  private void requireWhole(JsonNode result, int nights) throws IOException {
    Path report = Path.of(result.at("/report").asText());
    assertThat(report).startsWith(folder.resolve("demo")).isRegularFile();
    assertThat(Files.readString(report)).contains("</html>");
    try (Stream<Path> pages = Files.list(report.getParent())) {
      assertThat(pages).as("a page a night").hasSize(nights);
    }
    assertThat(result.at("/steps")).hasSize(4 * nights);
    result.at("/steps").forEach(step -> assertThat(step.get("outcome").asText()).isEqualTo("done"));
    assertThat(result.at("/balance")).isNotEmpty();
    for (JsonNode hop : result.at("/balance")) {
      long[] rows = ROWS.stream().mapToLong(name -> hop.get(name).asLong()).toArray();
      long out = 0;
      for (int i = 2; i < rows.length; i++) {
        out += rows[i];
      }
      assertThat(rows[0] + rows[1]).as(hop.toString()).isEqualTo(out);
    }
    assertThat(result.at("/quality")).isNotEmpty();
    result
        .at("/quality")
        .forEach(
            check -> assertThat(check.get("passed").asBoolean()).as(check.toString()).isTrue());
    assertThat(result.at("/warehouse/tables").get("dw.dim_customer").asLong()).isGreaterThan(300);
  }

  private JsonNode demo(String... arguments) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> all = new ArrayList<>();
    all.addAll(List.of("demo", "--output", "json", "--dir", folder.resolve("demo").toString()));
    all.addAll(List.of(arguments));
    int exit =
        Loadstar.run(
            all.toArray(String[]::new),
            Map.of(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(exit).as(err.toString(StandardCharsets.UTF_8)).isZero();
    return new ObjectMapper().readTree(out.toByteArray());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
