package dev.loadstar.starschema.builder;

import static dev.loadstar.starschema.builder.StarFixture.noon;
import static dev.loadstar.starschema.builder.StarFixture.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.quality.StarVerdict;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.starschema.model.CalendarModel;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.starschema.model.DimensionModel.Enrichment;
import dev.loadstar.starschema.model.DimensionModel.OnDelete;
import dev.loadstar.starschema.model.FactFeedModel;
import dev.loadstar.starschema.model.FactModel;
import dev.loadstar.starschema.model.FactModel.DimensionUse;
import dev.loadstar.starschema.model.FactModel.Measure;
import dev.loadstar.starschema.model.StarSchema;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.stored.LakeAttempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stars whose model, types or neighbours change between nights. */
class ChangingModelTest {
  private static final StarFixture.Entity GOODS =
      StarFixture.Entity.of(
          "shop.goods",
          "good_id",
          null,
          "good_id",
          Simple.BIGINT,
          "name",
          Simple.TEXT,
          "group_id",
          Simple.INT);
  private static final StarFixture.Entity GROUPS =
      StarFixture.Entity.of(
          "shop.groups", "group_id", null, "group_id", Simple.INT, "group_name", Simple.TEXT);
  private static final StarFixture.Entity SALES =
      StarFixture.Entity.of(
          "shop.sales",
          "sale_id",
          null,
          "sale_id",
          Simple.BIGINT,
          "good_id",
          Simple.TEXT,
          "sold_at",
          Simple.TIMESTAMP,
          "quantity",
          Simple.INT);

  @TempDir Path folder;

  private static DimensionModel good(List<Enrichment> enrichments, List<String> type1) {
    return new DimensionModel(
        "good",
        GOODS.name(),
        List.of("good_id"),
        Optional.empty(),
        type1,
        List.of("name"),
        Map.of(),
        Optional.empty(),
        OnDelete.MARK,
        enrichments);
  }

  private static FactModel sales(String... dimensions) {
    Map<String, ColumnType> grain = new LinkedHashMap<>();
    grain.put("sale_id", Simple.BIGINT);
    Map<String, DimensionUse> uses = new LinkedHashMap<>();
    for (String dimension : dimensions) {
      uses.put(
          dimension, new DimensionUse(dimension, dimension.equals("good") ? "good_id" : "sold_at"));
    }
    return new FactModel(
        "sales",
        grain,
        "sold_at",
        uses,
        List.of(new Measure("quantity", Simple.INT, Optional.empty())),
        Map.of(),
        List.of(
            new FactFeedModel(
                SALES.name(), Optional.empty(), Map.of(), Map.of(), Optional.empty())));
  }

  private static CalendarModel calendar() {
    return new CalendarModel(
        "date", LocalDate.of(2026, 1, 1), Optional.empty(), 0, DayOfWeek.MONDAY, Month.JANUARY);
  }

  private static Object[] sale(long id, String good, int day) {
    return row(id, good, noon(day), 1);
  }

  @Test
  void aTableThatIsAddedLaterHasItsWholeHistory() {
    StarFixture star =
        new StarFixture(folder, new StarSchema(List.of(), List.of(), List.of(sales())));
    star.load(GOODS, 1, row(1L, "Tea", 7));
    star.load(SALES, 1, sale(10, "1", 1));
    star.build(1);
    star.load(SALES, 2, sale(11, "1", 2));
    StarFixture dimensionOnly =
        new StarFixture(
            folder, new StarSchema(List.of(good(List.of(), List.of())), List.of(), List.of()));
    dimensionOnly.build(2);
    assertThat(dimensionOnly.tables.head().orElseThrow().tables().keySet())
        .as("what the model has no more leaves the star")
        .containsExactlyInAnyOrder("dim_good", "obs_good");
    assertThat(dimensionOnly.build(2).committed()).isFalse();
    star.load(GOODS, 3, row(1L, "Green tea", 7));
    StarFixture both =
        new StarFixture(
            folder,
            new StarSchema(List.of(good(List.of(), List.of())), List.of(), List.of(sales("good"))));
    both.build(3);
    assertThat(both.rows("dim_good", "good_key > 0", "good_id", "version", "name"))
        .containsExactly("1|1|Tea", "1|2|Green tea");
    assertThat(both.rows("fact_sales", "true", "sale_id", "good_key"))
        .containsExactly("10|1", "11|1");
  }

  @Test
  void aDimensionIsTypedWhenItsFirstLoadComesAndKeepsItsInferredKeys() {
    StarFixture star =
        new StarFixture(
            folder,
            new StarSchema(List.of(good(List.of(), List.of())), List.of(), List.of(sales("good"))));
    star.load(SALES, 1, sale(10, "1", 1), sale(11, "2", 1));
    star.build(1);
    assertThat(star.rows("dim_good", "good_key > 0", "good_key", "good_id", "is_inferred"))
        .containsExactly("1|1|true", "2|2|true");
    star.load(GOODS, 2, row(2L, "Tea", 7), row(3L, "Cup", 7));
    star.load(SALES, 2, sale(12, "3", 2), sale(13, "none", 2), sale(14, "007", 2));
    star.build(2);
    assertThat(star.table("dim_good").schema().apply("good_id").dataType().typeName())
        .isEqualTo("long");
    assertThat(star.rows("dim_good", "good_key > 0", "good_key", "good_id", "name", "is_inferred"))
        .containsExactly("1|1|-|true", "2|2|Tea|false", "3|3|Cup|false", "4|7|-|true");
    assertThat(star.rows("fact_sales", "true", "sale_id", "good_key"))
        .as("what is no number is unknown")
        .containsExactly("10|1", "11|2", "12|3", "13|-1", "14|4");
    star.load(SALES, 3, sale(15, "none", 3));
    assertThat(star.build(3).dimensions().get("dim_good").inferredMembers()).isZero();
  }

  @Test
  void anOldDateTakesNoDaysFromTheCalendar() {
    StarFixture star =
        new StarFixture(
            folder, new StarSchema(List.of(), List.of(calendar()), List.of(sales("date"))));
    star.load(SALES, 70, sale(10, "1", 70));
    star.build(70); // in January 2027
    long days = star.table("dim_date").count();
    assertThat(days).isEqualTo(2 + 365 + 365);
    star.load(SALES, 70, sale(11, "1", 71));
    star.build(1);
    assertThat(star.table("dim_date").count()).isEqualTo(days);
    assertThat(star.rows("fact_sales", "true", "sale_id", "date_key"))
        .containsExactly("10|20270110", "11|20270111");
    assertThat(star.build(1).committed()).isFalse();
    assertThat(star.tables.head().map(Commit::number)).contains(2L);
  }

  @Test
  void aLookedUpRowReachesItsMembersWheneverItComesOrChanges() {
    DimensionModel good =
        good(
            List.of(new Enrichment(GROUPS.name(), "group_id", List.of("group_name"))),
            List.of("group_name"));
    StarFixture star = new StarFixture(folder, new StarSchema(List.of(good), List.of(), List.of()));
    star.load(GOODS, 1, row(1L, "Tea", 7), row(2L, "Cup", 8));
    star.build(1);
    assertThat(groups(star)).containsExactly("1|Tea|-", "2|Cup|-");
    star.load(GROUPS, 2, row(7, "Drinks"), row(8, "Dishes"));
    star.build(2);
    assertThat(groups(star)).containsExactly("1|Tea|Drinks", "2|Cup|Dishes");
    star.load(GROUPS, 3, row(7, "Beverages"), row(8, "Dishes"));
    BuildResult third = star.build(3);
    assertThat(groups(star)).containsExactly("1|Tea|Beverages", "2|Cup|Dishes");
    assertThat(third.dimensions().get("dim_good").changedVersions()).isEqualTo(1);
    star.load(GOODS, 4, row(1L, "Tea", 8), row(2L, "Cup", 8));
    star.build(4);
    assertThat(groups(star)).containsExactly("1|Tea|Dishes", "2|Cup|Dishes");
  }

  private static List<String> groups(StarFixture star) {
    return star.rows("dim_good", "is_current and good_key > 0", "good_id", "name", "group_name");
  }

  @Test
  void withoutAChangeTimeADifferenceTakesEffectWithItsBusinessDate() {
    StarFixture star =
        new StarFixture(
            folder, new StarSchema(List.of(good(List.of(), List.of())), List.of(), List.of()));
    star.load(GOODS, 1, row(1L, "Tea", 7));
    star.build(1);
    star.load(GOODS, 2, row(1L, "Tea", 7));
    BuildResult same = star.build(2);
    assertThat(same.balance().get(0).rows().unchanged()).isEqualTo(1);
    star.load(GOODS, 3, row(1L, "Chai", 7));
    star.load(GOODS, 4, row(1L, "Tea", 7));
    star.build(4); // two loads in one build
    assertThat(star.rows("dim_good", "good_key > 0", "version", "name", "date(valid_from)"))
        .containsExactly("1|Tea|1900-01-01", "2|Chai|2026-11-04", "3|Tea|2026-11-05");
  }

  @Test
  void aDateIsTheStartOfItsDayWhereTheBusinessIsAndADayOutsideIsReported() {
    StarFixture.Entity dated =
        StarFixture.Entity.of(
            "shop.sales",
            "sale_id",
            null,
            "sale_id",
            Simple.BIGINT,
            "good_id",
            Simple.TEXT,
            "sold_at",
            Simple.DATE,
            "quantity",
            Simple.INT);
    StarFixture star =
        new StarFixture(
            folder, new StarSchema(List.of(), List.of(calendar()), List.of(sales("date"))));
    int day = (int) LocalDate.of(2026, 11, 2).toEpochDay();
    int before = (int) LocalDate.of(2025, 12, 31).toEpochDay();
    star.load(dated, 1, row(10L, "1", day, 1), row(11L, "1", before, 1));
    BuildResult result = star.build(1, ZoneId.of("America/New_York"));
    assertThat(star.rows("fact_sales", "true", "sale_id", "date_key", "sold_at"))
        .containsExactly("10|20261102|2026-11-02 05:00:00", "11|-1|2025-12-31 05:00:00");
    assertThat(result.findings()).containsExactly("fact_sales: 1 lines on no day of dim_date");
  }

  @Test
  void tablesOfFormat1AreConvertedWithoutNews() throws IOException {
    StarSchema schema =
        new StarSchema(
            List.of(good(List.of(), List.of())), List.of(calendar()), List.of(sales("good")));
    StarFixture star = new StarFixture(folder, schema);
    star.load(GOODS, 1, row(1L, "Tea", 7));
    star.load(SALES, 1, sale(10, "1", 1));
    star.build(1);
    Path commit = folder.resolve("lake/curated/_commits/000001.json");
    String written = Files.readString(commit);
    Files.writeString(commit, written.replaceAll("\"sorted\"\\s*:\\s*true", "\"sorted\":false"));
    StarFixture later = new StarFixture(folder, schema);
    List<String> before = later.rows("dim_good", "true", "good_key", "good_id", "name");
    assertThat(later.build(2).committed()).isTrue();
    assertThat(later.rows("dim_good", "true", "good_key", "good_id", "name")).isEqualTo(before);
    assertThat(later.rows("fact_sales", "true", "sale_id", "good_key")).containsExactly("10|1");
    assertThat(later.tables.head().orElseThrow().tables().values())
        .allMatch(LakeAttempt::isCurrent);
    assertThat(later.build(2).committed()).isFalse();
  }

  @Test
  void ofTwoBuildsOneCommitsAndTheOtherStops() {
    StarFixture star =
        new StarFixture(
            folder, new StarSchema(List.of(good(List.of(), List.of())), List.of(), List.of()));
    star.load(GOODS, 1, row(1L, "Tea", 7));
    StarFixture other =
        new StarFixture(
            folder, new StarSchema(List.of(good(List.of(), List.of())), List.of(), List.of()));
    star.check(
        (spark, tables, rows, before) -> {
          other.build(1);
          return StarVerdict.of(List.of());
        });
    assertThatThrownBy(() -> star.build(1))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RUN_AHEAD));
    assertThat(star.tables.head().map(Commit::number)).contains(1L);
  }
}
