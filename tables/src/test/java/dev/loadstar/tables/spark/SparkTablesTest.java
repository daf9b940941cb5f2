package dev.loadstar.tables.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.LoadException;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.TestStory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark reads and writes what plain Java reads and writes. */
class SparkTablesTest {
  private static final Object[][] FIRST = {
    SparkFixture.row(1, "Apia", "12.34", "12345678901234567890.1234", -200_000, -1L),
    SparkFixture.row(2, "Zoë \uD83D\uDE00", "-0.01", "0.0000", 20_000, 1_700_000_000_123_456L),
    SparkFixture.row(3, null, null, null, null, null),
    SparkFixture.row(4, "", "0.00", "-1.5000", -719_162, -62_135_596_800_000_000L)
  };
  private static final Object[][] SECOND = {
    SparkFixture.row(2, "Bonn", "1.00", "1.0000", 0, 0L),
    SparkFixture.row(7, "Cork", "2.00", "2.0000", 1, 1L)
  };
  @TempDir private Path temp;
  private SparkFixture told;

  SparkSession spark() {
    return TablesSpark.shared();
  }

  @BeforeEach
  void begin() {
    told = new SparkFixture(temp.resolve("the lake"), spark());
  }

  @Test
  void whatSparkWritesIsWhatThePlainWriterWrites() {
    SparkFixture bySpark = new SparkFixture(SparkFixture.copy(told, temp.resolve("copy")), spark());
    told.plain(SparkFixture.ALL, FIRST);
    bySpark.spark(SparkFixture.ALL, FIRST);
    assertThat(bySpark.rows()).isEqualTo(told.rows()).hasSize(4);
    assertThat(bySpark.head().identity()).isEqualTo(told.head().identity());

    told.plainDeleting(SparkFixture.ALL, SECOND, 1L, 4L);
    bySpark.sparkDeleting(SparkFixture.ALL, SECOND, 1L, 4L);
    assertThat(bySpark.rows()).isEqualTo(told.rows()).hasSize(3);
    assertThat(bySpark.head().identity()).isEqualTo(told.head().identity());
    assertThat(bySpark.head().table("dim_city").rows()).isEqualTo(3);
  }

  @Test
  void everyWayToReadGivesTheRowsOfThePlainReader() {
    told.plain(SparkFixture.ALL, FIRST);
    assertThat(told.sparkRows()).isEqualTo(told.rows());
    assertThat(told.sparkRowsOf(2L, 3L, 9L)).isEqualTo(told.rowsOf(2L, 3L, 9L)).hasSize(2);

    told.plainDeleting(SparkFixture.ALL, SECOND, 1L, 3L);
    assertThat(told.sparkRows()).isEqualTo(told.rows()).hasSize(3);
    assertThat(told.sparkRowsOf(1L, 2L, 7L)).isEqualTo(told.rowsOf(1L, 2L, 7L)).hasSize(2);
  }

  @Test
  void columnsThatAQueryNeedsComeInItsOrder() {
    told.plain(SparkFixture.ALL, FIRST);
    told.plainDeleting(SparkFixture.ALL, SECOND, 1L);
    try (SparkTables tables = told.open(told.tables.begin(told.tables.head()))) {
      Dataset<Row> all = tables.read(told.head().table("dim_city"));
      assertThat(all.count()).isEqualTo(4);
      assertThat(all.select("name", "id").where("name >= 'Bo'").sort("id").collectAsList())
          .extracting(Row::toString)
          .containsExactly("[Bonn,2]", "[Cork,7]");
      assertThat(all.select("price").where("id = 7").head().getDecimal(0))
          .isEqualByComparingTo("2");
    }
  }

  @Test
  void whatWasEverSaidIsFoundByKeysAndByTime() {
    told.plain(SparkFixture.ALL, FIRST);
    told.plainDeleting(SparkFixture.ALL, SECOND, 1L, 4L);
    try (SparkTables tables = told.open(told.tables.begin(told.tables.head()))) {
      Table table = told.head().table("dim_city");
      Dataset<Row> keys =
          told.data(
              TestStory.shape("k", 1, "name text"),
              new Object[][] {{"Bonn"}, {"Apia"}, {"Rome"}, {null}, {"Zoë \uD83D\uDE00"}});
      assertThat(ids(tables.everSaid(table, keys.distinct()))).containsExactly(1L, 2L, 2L);
      Instant begin = Instant.EPOCH;
      assertThat(ids(tables.everSaid(table, "at", begin, begin.plusSeconds(1))))
          .containsExactly(2L, 7L);
      assertThat(ids(tables.everSaid(table, "at", Timeless.FIRST, Timeless.LAST)))
          .contains(1L, 2L, 4L, 7L);
      assertThat(ids(tables.everSaid(table, "at", begin.plusSeconds(5), begin.plusSeconds(9))))
          .isEmpty();
    }
  }

  /** Further apart than nanoseconds can count. */
  private static final class Timeless {
    static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");
  }

  private static List<Long> ids(Dataset<Row> rows) {
    return SparkRows.collected(rows.select("id").sort("id")).stream()
        .map(row -> (Long) row[0])
        .toList();
  }

  @Test
  void keysThatFindMoreThanIsHeldAreLookedUpByAJob() {
    TableShape shape = SparkFixture.NUMBERS;
    told.spark(shape, SparkFixture.numbers(0, 250_000, 1));
    told.spark(shape, SparkFixture.numbers(3, 5, 2));
    try (SparkTables tables = told.open(told.tables.begin(told.tables.head()))) {
      Table table = told.head().table("fact_number");
      Dataset<Row> keys =
          told.data(TestStory.shape("k", 1, "text text"), new Object[][] {{"version 1"}});
      assertThat(tables.everSaid(table, keys).count()).isEqualTo(250_000);
      Dataset<Row> one =
          told.data(TestStory.shape("k", 1, "id bigint"), new Object[][] {{4L}, {200_000L}});
      assertThat(told.words(tables.read(table, one).sort("id"), shape))
          .containsExactly("4 version 2", "200000 version 1");
    }
  }

  @Test
  void aLargeTableIsMergedInSeveralRangesOfItsKey() {
    TableShape shape = SparkFixture.NUMBERS;
    told.spark(shape, SparkFixture.numbers(0, 300_000, 1));
    told.spark(shape, SparkFixture.numbers(150_000, 310_000, 2));
    told.sparkDeleting(shape, SparkFixture.numbers(5, 10, 3), LongStream.range(100, 200).toArray());
    try (SparkTables tables = told.open(told.tables.begin(told.tables.head()))) {
      Dataset<Row> all = tables.read(told.head().table("fact_number"));
      assertThat(all.javaRDD().getNumPartitions()).isGreaterThan(1);
      List<String> plain = told.rows(shape);
      assertThat(plain).hasSize(309_900);
      assertThat(told.words(all.sort("id"), shape)).isEqualTo(plain);
      assertThat(all.select("text").distinct().count()).isEqualTo(3);
    }
  }

  @Test
  void rowsWithoutAFirstKeyAreInSomeRange() {
    TableShape shape = SparkFixture.NULLABLE;
    told.spark(shape, SparkFixture.pairs(0, 260_000));
    told.spark(shape, SparkFixture.pairs(100, 260_100));
    try (SparkTables tables = told.open(told.tables.begin(told.tables.head()))) {
      Dataset<Row> all = tables.read(told.head().table("fact_pair"));
      assertThat(all.javaRDD().getNumPartitions()).isGreaterThan(1);
      assertThat(all.where("a is null").count()).isEqualTo(20_008); // one in 13 of 260,100
      assertThat(all.count()).isEqualTo(told.rows(shape).size());
    }
  }

  @Test
  void widenedTypesAreReadRightInEveryWay() {
    told.plain(SparkFixture.NARROW, SparkFixture.NARROW_ROWS);
    told.plain(SparkFixture.WIDE);
    assertThat(told.rows()).containsExactlyElementsOf(SparkFixture.WIDENED);
    assertThat(told.sparkRows()).isEqualTo(SparkFixture.WIDENED);
    assertThat(told.sparkRowsOf(1L)).containsExactly(SparkFixture.WIDENED.get(0));

    told.plain(SparkFixture.WIDE, SparkFixture.WIDE_ROW);
    assertThat(told.rows()).hasSize(3);
    assertThat(told.sparkRows()).isEqualTo(told.rows());
    assertThat(told.sparkRowsOf(1L, 3L)).isEqualTo(told.rowsOf(1L, 3L)).hasSize(2);
  }

  @Test
  void aTypeThatDoesNotWidenIsWrittenAnew() {
    told.plain(SparkFixture.ALL, FIRST);
    told.asNow(SparkFixture.PRICE_AS_TEXT);
    assertThat(told.rows())
        .containsExactly("1 Apia 12.34", "2 Zoë \uD83D\uDE00 -0.01", "3 - -", "4  0.00");
    assertThat(told.changesFromFirst())
        .containsExactly(
            "snapshot", "+ 1 Apia 12.34", "+ 2 Zoë \uD83D\uDE00 -0.01", "+ 3 - -", "+ 4  0.00");
    told.asNow(SparkFixture.ALL);
    assertThat(told.changesFromFirst()).hasSize(3).contains("+ 2 Zoë \uD83D\uDE00 -0.01 - - - -");
  }

  @Test
  void aColumnThatComesBackKnowsNothingOfBefore() {
    told.plain(SparkFixture.ALL, FIRST);
    told.asNow(SparkFixture.PRICE_GONE);
    told.asNow(SparkFixture.PRICE_AS_TEXT);
    assertThat(told.rows()).containsExactly("1 Apia -", "2 Zoë \uD83D\uDE00 -", "3 - -", "4  -");
    assertThat(told.sparkRows()).isEqualTo(told.rows());
    assertThat(told.sparkRowsOf(1L, 4L)).containsExactly("1 Apia -", "4  -");
    told.plain(SparkFixture.PRICE_AS_TEXT, new Object[] {4L, "Bonn", "much"});
    assertThat(told.sparkRows()).isEqualTo(told.rows()).contains("4 Bonn much");
    assertThat(told.sparkRowsOf(1L, 4L)).containsExactly("1 Apia -", "4 Bonn much");
    try (SparkTables tables = told.open(told.tables.begin(told.tables.head()))) {
      Dataset<Row> names =
          told.data(TestStory.shape("k", 1, "name text"), new Object[][] {{"Bonn"}, {"Apia"}});
      assertThat(ids(tables.everSaid(told.head().table("dim_city"), names)))
          .containsExactly(1L, 4L);
    }
  }

  @Test
  void aTaskThatFailsLeavesNothingVisible() {
    told.plain(SparkFixture.ALL, FIRST);
    try (SparkTables tables = told.open(told.tables.begin(told.tables.head()))) {
      Dataset<Row> twice =
          told.data(SparkFixture.ALL, FIRST)
              .withColumn("id", lit(7L))
              .withColumn(SparkTables.GOES, lit(false));
      assertThatThrownBy(() -> tables.writeChanges(SparkFixture.ALL, twice, 4))
          .isInstanceOf(LoadException.class)
          .hasMessageContaining("out of order or a key twice")
          .hasMessageNotContaining("Apia");
      Dataset<Row> broken =
          told.data(SparkFixture.ALL, FIRST)
              .withColumn("name", org.apache.spark.sql.functions.raise_error(col("name")));
      assertThatThrownBy(() -> tables.write(SparkFixture.ALL, broken, 4))
          .isInstanceOf(LoadException.class)
          .hasMessageContaining("Cannot write dim_city")
          .hasMessageNotContaining("Apia");
    }
    assertThat(told.head().number()).isEqualTo(1);
    assertThat(told.rows()).hasSize(4);
  }
}
