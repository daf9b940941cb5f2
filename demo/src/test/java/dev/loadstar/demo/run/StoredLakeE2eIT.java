package dev.loadstar.demo.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.testing.TestMySql;
import dev.loadstar.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A lake that an earlier release left behind is taken over as it is. */
class StoredLakeE2eIT {
  private static final String RESOURCES = "demo/src/test/resources/";
  private static final Path STORED = Deployment.root().resolve(RESOURCES + "lake-format-1");
  private static final String LIBRARY = RESOURCES + "projects/library";
  private static final String KEY = "of-a-stored-lake-0123456789-0123456789";
  private static final List<String> STORED_DATES = List.of("2026-01-05", "2026-01-06");

  /** What makes files count. */
  private static final List<String> COUNTING =
      List.of("_lake.json", "raw/_loads", "processed/_loads", "curated/_commits");

  private static final String NEXT_DATE = "2026-01-07";

  private static final String READERS =
      """
      SELECT reader_id, version, branch, is_current, is_inferred FROM {dw}.dim_reader
      WHERE reader_key > 0 ORDER BY reader_id, version\
      """;
  private static final String LOANS =
      """
      SELECT loan_id, line_number, days, date_key, reader_id, version
      FROM {dw}.fact_loans f JOIN {dw}.dim_reader r ON r.reader_key = f.reader_key
      ORDER BY loan_id, line_number\
      """;
  private static final String KEYS =
      """
      SELECT reader_id, reader_key, reader_durable_key FROM {dw}.dim_reader
      WHERE reader_key > 0 AND version = 1 ORDER BY reader_id, reader_key\
      """;

  @TempDir Path folder;

  @Test
  void aLakeOfFormat1IsPublishedAndTheNextNightIsBuiltOnIt() throws Exception {
    copy(STORED.resolve("lake"), folder.resolve("stored/lake"), "");
    copy(STORED.resolve("files"), folder.resolve("all"), "");
    Deployment postgres =
        Deployment.of(
            folder.resolve("stored"), LIBRARY, TestPostgres.shared(), environment("news"));
    Deployment mysql = postgres.withWarehouse(TestMySql.shared(), folder.resolve("stored-mysql"));
    List<Deployment> both = List.of(postgres, mysql);

    postgres.call("db", "migrate").exits(0);
    postgres.call("load", "--date", STORED_DATES.get(1)).exits(2); // says to build first
    postgres.call("build", "--date", STORED_DATES.get(1)).exits(0);
    for (Deployment each : both) {
      each.call("db", "migrate").exits(0);
      each.call("load", "--date", STORED_DATES.get(1)).exits(0);
      String engine = each.server().engine();
      assertThat(each.rows(READERS))
          .as(engine)
          .containsExactly(
              "1|1|north|1|0", "2|1|south|0|0", "2|2|south|1|0", "3|1|south|1|0", "9|1|null|1|1");
      assertThat(each.rows(LOANS))
          .as(engine)
          .containsExactly("10|1|14|20260105|2|1", "10|2|15|20260105|2|1", "11|1|7|20260105|9|1");
      each.call("check", "--date", STORED_DATES.get(1)).exits(0);
    }
    assertThat(commit(postgres)).as("converted").isEqualTo(3);
    String sums = postgres.checksum();
    for (String date : STORED_DATES) {
      postgres.call("run", "--date", date).exits(0);
    }
    assertThat(commit(postgres)).as("nights that are there stay as they are").isEqualTo(3);
    assertThat(postgres.checksum()).isEqualTo(sums);
    List<String> keys = postgres.rows(KEYS);

    copy(STORED.resolve("files"), folder.resolve("news"), NEXT_DATE.replace("-", ""));
    postgres.call("run", "--date", NEXT_DATE).exits(0);
    mysql.call("load", "--date", NEXT_DATE).exits(0);

    for (Deployment each : both) {
      String engine = each.server().engine();
      assertThat(each.rows(READERS))
          .as(engine)
          .containsExactly(
              "1|1|north|1|0",
              "2|1|south|0|0",
              "2|2|south|0|0",
              "2|3|south|1|0",
              "3|1|south|0|0",
              "3|2|north|1|0",
              "9|1|north|1|0");
      assertThat(each.rows(LOANS))
          .as(engine)
          .containsExactly(
              "10|1|14|20260105|2|2",
              "10|2|15|20260105|2|2",
              "10|3|16|20260105|2|2",
              "11|1|7|20260105|9|1",
              "12|1|21|20260105|3|1",
              "14|1|14|20260107|3|2");
      assertThat(each.rows(KEYS)).as(engine).isEqualTo(keys);
      each.call("check", "--date", NEXT_DATE).exits(0);
    }
    assertThat(commit(postgres)).isGreaterThan(3);

    Deployment fresh =
        Deployment.of(folder.resolve("fresh"), LIBRARY, TestPostgres.shared(), environment("all"));
    fresh.call("db", "migrate").exits(0);
    fresh.call("run", "--date", NEXT_DATE).exits(0);
    assertThat(postgres.checksum())
        .as("as if no earlier release had been")
        .isEqualTo(fresh.checksum());
    assertThat(mysql.checksum()).isEqualTo(fresh.checksum());
  }

  /** Once a format, with the release that wrote it. */
  @Test
  @EnabledIfSystemProperty(named = "loadstar.write-lake", matches = ".+")
  void writesALake() throws Exception {
    Deployment writer =
        Deployment.of(folder.resolve("w"), LIBRARY, TestPostgres.shared(), environment("all"));
    writer.call("db", "migrate").exits(0);
    for (String date : STORED_DATES) {
      copy(STORED.resolve("files"), folder.resolve("all"), date.replace("-", ""));
      writer.call("run", "--date", date).exits(0);
    }
    Path lake = folder.resolve("w/lake");
    Path target = Path.of(System.getProperty("loadstar.write-lake"));
    StringBuilder objects = new StringBuilder();
    for (String counts : COUNTING) {
      copy(lake.resolve(counts), target.resolve(counts), "");
      for (Path object : files(lake.resolve(counts))) {
        objects.append(Files.readString(object));
      }
    }
    for (Path file : files(lake)) {
      String name = lake.relativize(file).toString();
      if (objects.indexOf('"' + name + '"') >= 0) {
        copy(file, target.resolve(name), "");
      }
    }
  }

  private Map<String, String> environment(String files) throws IOException {
    Path url = Files.createDirectories(folder.resolve(files));
    return Map.of("LIBRARY_URL", url.toString(), "LIBRARY_KEY_1", KEY);
  }

  private static long commit(Deployment deployment) {
    return deployment.call("status", "--output", "json").exits(0).json().get("commit").asLong();
  }

  /** The files with a text in their names. */
  private static void copy(Path from, Path to, String text) throws IOException {
    for (Path file : files(from)) {
      if (file.getFileName().toString().contains(text)) {
        Path target = file.equals(from) ? to : to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
