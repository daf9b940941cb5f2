package dev.loadstar.tables.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.load.DataFile;
import dev.loadstar.lake.parquet.RowWriter;
import dev.loadstar.tables.TestStory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake whose curated files are of format 1: rows in any order, and no digest of them. */
class Format1Test {
  private static final List<Column> STORED =
      List.of(
          new Column("id", Simple.BIGINT),
          new Column("name", Simple.TEXT),
          new Column("_op", Simple.TEXT),
          new Column("_commit", Simple.BIGINT));
  private static final String COMMIT =
      """
      {
        "format_version" : 1,
        "lake_id" : "%s",
        "number" : 1,
        "parent" : null,
        "business_date" : "2026-11-02",
        "latest_date" : "2026-11-02",
        "run_id" : "2026-11-02",
        "created_at" : "2026-11-02T03:04:05.678901Z",
        "consumed" : { "shop.cities" : 1 },
        "tables" : {
          "dim_city" : {
            "shape" : {
              "name" : "dim_city",
              "kind" : "DIMENSION",
              "columns" : [
                { "name" : "id", "type" : "bigint", "role" : "KEY", "references" : null },
                { "name" : "name", "type" : "text", "role" : "ATTRIBUTE", "references" : null }
              ],
              "key" : [ "id" ],
              "fingerprint" : "of old"
            },
            "base" : { "commit" : 0, "files" : [ %s ], "upserts" : 3, "deletes" : 0 },
            "changes" : [ { "commit" : 1, "files" : [ %s ], "upserts" : 1, "deletes" : 1 } ],
            "next_key" : 4,
            "rows" : 2
          }
        },
        "balance" : [],
        "quality" : []
      }
      """;
  @TempDir private Path temp;
  private SparkFixture told;

  @BeforeEach
  void write() {
    told = new SparkFixture(temp.resolve("lake"));
    String base =
        file("base", row(3, "Cork", "U", 0), row(1, "Apia", "U", 0), row(2, "Bonn", "U", 0));
    String changes = file("changes", row(3, "Bari", "U", 1), row(1, null, "D", 1));
    told.tables
        .lake()
        .files()
        .createIfAbsent(
            "curated/_commits/000001.json",
            COMMIT
                .formatted(told.tables.lakeId(), base, changes)
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static Object[] row(long id, String name, String op, long commit) {
    return new Object[] {id, name, op, commit};
  }

  private String file(String name, Object[]... rows) {
    try (RowWriter writer =
        told.tables.lake().newWriter("curated/dim_city/" + name + ".parquet", STORED)) {
      for (Object[] row : rows) {
        writer.write(row);
      }
      DataFile file = writer.finish();
      return "{ \"path\" : \"%s\", \"rows\" : %d, \"bytes\" : %d }"
          .formatted(file.path(), file.rows(), file.bytes());
    }
  }

  @Test
  void sparkReadsIt() {
    assertThat(told.sparkRows()).containsExactly("2 Bonn", "3 Bari");
    assertThat(told.sparkRowsOf(1L, 3L)).containsExactly("3 Bari");
  }

  @Test
  void thePlainReaderRefusesItAndSaysWhatToDo() {
    assertThatThrownBy(() -> told.rows())
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNSUITABLE))
        .hasMessage(
            "Cannot read dim_city: its files are of format 1, expected format 2. Run \"loadstar"
                + " build\", which converts them.");
    assertThat(told.tables.compact("c", TestStory.NOW)).isEmpty();
  }

  @Test
  void itsCommitIsKnownByWhenItWasMade() {
    assertThat(told.head().identity()).hasSize(32);
    assertThat(told.head().table("dim_city").shape().definition()).isEqualTo("of old");
    assertThat(told.tables.find(1).map(c -> c.identity())).contains(told.head().identity());
  }

  @Test
  void asNowConvertsIt() {
    told.asNow(TestStory.shape("dim_city", 1, "id bigint", "name text"));
    assertThat(told.rows()).containsExactly("2 Bonn", "3 Bari");
    assertThat(told.head().table("dim_city").nextKey()).isEqualTo(4);
    assertThat(told.head().table("dim_city").rows()).isEqualTo(2);
    assertThat(told.changesFromFirst()).containsExactly("snapshot", "+ 2 Bonn", "+ 3 Bari");
  }
}
