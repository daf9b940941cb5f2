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
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One feed of files, one fact and no server: nights up to the build from the command line. */
final class TillProject {
  static final String DATE = "2026-11-20";
  private final Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  TillProject(Path folder) throws IOException {
    this.folder = folder;
    write(
        "loadstar.yaml",
        """
        format: 1
        timezone: UTC
        lake: lake
        warehouse: { url: "${env:NO_WAREHOUSE}" }
        masking_keys: { k1: "${env:LOADSTAR_MASKING_KEY}" }
        """);
    write(
        "sources.yaml",
        """
        tills:
          files: drop
          feeds:
            sales:
              match: "sales_{yyyyMMdd}*.csv"
              key: id
              columns: { id: bigint, sold_at: timestamp, amount: "decimal(19,4)" }
        """);
    write("masking/classification.yaml", "entities: { tills.sales: not_personal }\n");
    write(
        "star-schema.yaml",
        """
        dimensions:
          date:
            calendar: { from: 2026-01-01, years_ahead: 1 }
        facts:
          sales:
            grain: { id: bigint }
            event_time: sold_at
            dimensions: { date: sold_at }
            measures: { amount: "decimal(19,4)" }
            from:
              tills.sales:
        """);
    write(
        "quality.yaml",
        """
        fact_sales:
          - expression: amount >= 0
          - row_count: ">= 1"
        """);
  }

  /** A file of the feed: lines of {@code id,sold_at,amount}. */
  void feed(String name, String... lines) throws IOException {
    write("drop/" + name, "id,sold_at,amount\n" + String.join("\n", List.of(lines)) + "\n");
  }

  void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  String read(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  /** The exit code of a command for {@link #DATE}. */
  int loadstar(String... command) {
    return call(
        Stream.concat(Stream.of(command), Stream.of("--date", DATE)).toArray(String[]::new));
  }

  int validate() {
    return call("validate");
  }

  /** The exit code of a command that names its date itself, or has none. */
  int call(String... command) {
    out.reset();
    err.reset();
    return Loadstar.run(
        Stream.concat(Stream.of(command), Stream.of("--project", folder.toString()))
            .toArray(String[]::new),
        Map.of("LOADSTAR_MASKING_KEY", "0123456789abcdef0123456789abcdef"),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Clock.fixed(Instant.parse("2026-11-22T02:00:00Z"), ZoneOffset.UTC));
  }

  /** What a call with {@code --output json} printed. */
  JsonNode json() throws IOException {
    return Json.MAPPER.readTree(out.toByteArray());
  }

  /** Replaces a text of a file of the project; it must be there. */
  void edit(String file, String text, String by) throws IOException {
    String before = Files.readString(folder.resolve(file));
    assertThat(before).contains(text);
    write(file, before.replace(text, by));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** What the report of the given attempt says to programs. */
  JsonNode report(int attempt) throws IOException {
    return Json.MAPPER.readTree(Files.readAllBytes(reports(attempt).resolve("report.json")));
  }

  /** What it says to people. */
  String page(int attempt) throws IOException {
    return Files.readString(reports(attempt).resolve("report.html"));
  }

  private Path reports(int attempt) {
    return folder.resolve("lake/reports/run=" + DATE + "/attempt=" + attempt);
  }
}
