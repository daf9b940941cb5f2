package dev.loadstar.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loadstar.app.command.Loadstar;
import dev.loadstar.app.console.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ten nights leave behind in the lake, each with a tenth of the rows of the first. */
class TenRunsTest {
  private static final int NIGHTS = 10;

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void theFilesOfATableStayFewAndEveryCommitIsTold() throws IOException {
    TillProject project = new TillProject(folder);
    int compactions = 0;
    for (int night = 1; night <= NIGHTS; night++) {
      String date = "2026-11-%02d".formatted(night);
      int first = night == 1 ? 0 : 100 + 10 * night;
      int rows = night == 1 ? 100 : 10;
      project.feed(
          "sales_" + date.replace("-", "") + ".csv",
          IntStream.range(first, first + rows)
              .mapToObj(id -> id + "," + date + "T10:00:00Z,5")
              .toArray(String[]::new));
      long before = night == 1 ? 0 : status().get("commit").asLong();

      JsonNode run = loadstar("run", "--date", date, "--to-step", "build", "--output", "json");

      String summary = run.at("/run/steps/2/summary").asText();
      long head = status().get("commit").asLong();
      boolean compacted = summary.contains("compacted in commit " + (before + 1));
      assertThat(head).as(summary).isEqualTo(before + (compacted ? 2 : 1));
      assertThat(summary).startsWith("commit " + head + ",");
      assertThat(run.at("/run/commit").asLong()).isEqualTo(head);
      assertThat(status().get("commit_business_date").asText()).isEqualTo(date);
      compactions += compacted ? 1 : 0;
      loadstar("run", "--date", date, "--to-step", "build", "--output", "json");
      assertThat(status().get("commit").asLong()).as("running again").isEqualTo(head);
    }
    assertThat(compactions).isPositive();
    JsonNode tables = commit(status().get("commit").asLong()).get("tables");
    assertThat(tables.get("fact_sales").get("rows").asLong()).isEqualTo(100 + 9 * 10);
    for (JsonNode table : tables) {
      assertThat(table.findValues("path")).as(table.at("/shape/name").asText()).hasSizeLessThan(9);
    }
  }

  private JsonNode status() throws IOException {
    return loadstar("status", "--output", "json");
  }

  private JsonNode commit(long number) throws IOException {
    Path file = folder.resolve("lake/curated/_commits/%06d.json".formatted(number));
    return Json.MAPPER.readTree(Files.readAllBytes(file));
  }

  private JsonNode loadstar(String... command) throws IOException {
    out.reset();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        Loadstar.run(
            Stream.concat(Stream.of(command), List.of("--project", folder.toString()).stream())
                .toArray(String[]::new),
            Map.of("LOADSTAR_MASKING_KEY", "0123456789abcdef0123456789abcdef"),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(exit).as(err.toString(StandardCharsets.UTF_8)).isZero();
    return Json.MAPPER.readTree(out.toByteArray());
  }
}
