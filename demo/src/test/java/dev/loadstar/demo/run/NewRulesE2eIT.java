package dev.loadstar.demo.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.testing.TestMySql;
import dev.loadstar.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masking rules and keys change between two nights; only people who changed get a version. */
class NewRulesE2eIT {
  private static final String LIBRARY = "demo/src/test/resources/projects/library";
  private static final int READERS = 40;
  private static final long MOVED = 17;

  /** Is read again under the very time that it had, so it is no news and looks as it did. */
  private static final long UNTOUCHED = 23;

  private static final String VERSIONS =
      """
      SELECT reader_id, version, is_current, reader_key FROM {dw}.dim_reader
      WHERE reader_key > 0 ORDER BY reader_id, version\
      """;
  private static final String SHOWN =
      """
      SELECT count(DISTINCT name), count(DISTINCT street), min(length(name)), min(length(street))
      FROM {dw}.dim_reader WHERE reader_key > 0 AND is_current AND reader_id <> 23
      """;

  @TempDir Path folder;

  @Test
  void newRulesAndKeysMakeNoVersionAndAChangeThatLooksTheSameMakesOne() throws Exception {
    Map<String, String> environment =
        Map.of(
            "LIBRARY_URL", folder.resolve("files").toString(),
            "LIBRARY_KEY_1", "the-first-key-0123456789-0123456789",
            "LIBRARY_KEY_2", "the-second-key-0123456789-0123456789");
    Deployment postgres =
        Deployment.of(folder.resolve("postgres"), LIBRARY, TestPostgres.shared(), environment);
    Deployment mysql = postgres.withWarehouse(TestMySql.shared(), folder.resolve("mysql"));
    for (Deployment each : List.of(postgres, mysql)) {
      each.call("db", "migrate").exits(0);
    }

    tell(5, "at home");
    List<String> first = night(postgres, mysql, 5);
    assertThat(first).hasSize(READERS).allMatch(version -> version.contains("|1|1|"));
    assertThat(postgres.rows(SHOWN)).containsExactly("1|39|10|64");

    postgres.edit("masking/policies.yaml", "street_address: hash", "street_address: redact");
    postgres.edit("masking/policies.yaml", "person_name: redact", "person_name: hash");
    postgres.edit("loadstar.yaml", "_KEY_1}", "_KEY_1}\n  k2: ${env:LIBRARY_KEY_2}");
    tell(6, "abroad");
    List<String> second = night(postgres, mysql, 6);
    assertThat(postgres.rows(SHOWN)).as("new rules count").containsExactly("39|1|64|10");
    List<String> moved = second.stream().filter(version -> !first.contains(version)).toList();
    assertThat(moved).hasSize(2).allMatch(version -> version.startsWith(MOVED + "|"));
    assertThat(moved.get(0)).startsWith(MOVED + "|1|0|");
    assertThat(moved.get(1)).startsWith(MOVED + "|2|1|");
    assertThat(second).hasSize(READERS + 1);

    postgres.edit("masking/policies.yaml", "street_address: redact", "street_address: hash");
    tell(7, "abroad");
    assertThat(night(postgres, mysql, 7)).as("hashes under the second key").isEqualTo(second);
    assertThat(postgres.rows(SHOWN)).containsExactly("39|39|64|64");
  }

  /** Every version as both warehouses have it. */
  private static List<String> night(Deployment postgres, Deployment mysql, int day)
      throws SQLException {
    String date = "2026-01-0" + day;
    postgres.call("run", "--date", date).exits(0);
    mysql.call("load", "--date", date).exits(0);
    assertThat(mysql.checksum()).isEqualTo(postgres.checksum());
    postgres.call("check", "--date", date).exits(0);
    List<String> versions = postgres.rows(VERSIONS);
    assertThat(mysql.rows(VERSIONS)).isEqualTo(versions);
    return versions;
  }

  /** Everybody is read again, seen a day later, and one lives elsewhere. */
  private void tell(int day, String where) throws IOException {
    List<String> readers =
        LongStream.rangeClosed(1, READERS)
            .mapToObj(
                id ->
                    """
                    {"reader_id": %d, "name": "Reader %1$d", "street": "%1$d %s", "branch": "north", "updated_at": "2026-01-0%dT09:00:00Z"}\
                    """
                        .formatted(
                            id, id == MOVED ? where : "Elm Street", id == UNTOUCHED ? 4 : day - 1))
            .toList();
    Path files = Files.createDirectories(folder.resolve("files"));
    Files.write(files.resolve("readers_2026010" + day + ".jsonl"), readers);
  }
}
