package dev.loadstar.starschema.builder;

import static dev.loadstar.starschema.builder.StarFixture.SALES;
import static dev.loadstar.starschema.builder.StarFixture.noon;
import static dev.loadstar.starschema.builder.StarFixture.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.project.Settings.Guards;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.starschema.model.DimensionModel.Enrichment;
import dev.loadstar.starschema.model.DimensionModel.OnDelete;
import dev.loadstar.starschema.model.FactFeedModel;
import dev.loadstar.starschema.model.FactModel;
import dev.loadstar.starschema.model.FactModel.DimensionUse;
import dev.loadstar.starschema.model.FactModel.Measure;
import dev.loadstar.starschema.model.StarSchema;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dimensions that come from elsewhere than before, or by another key, and days out of order. */
class ChangingSourceTest {
  @TempDir Path folder;

  private static StarFixture.Entity goods(String name, ColumnType id) {
    return StarFixture.Entity.of(
        name, "good_id", null, "good_id", id, "code", Simple.BIGINT, "name", Simple.TEXT);
  }

  private static DimensionModel good(StarFixture.Entity from, String key, Enrichment... lookUps) {
    return new DimensionModel(
        "good",
        from.name(),
        List.of(key),
        Optional.empty(),
        java.util.Arrays.stream(lookUps).flatMap(e -> e.columns().stream()).toList(),
        List.of("name"),
        Map.of(),
        Optional.empty(),
        OnDelete.MARK,
        List.of(lookUps));
  }

  private static FactModel sales() {
    return new FactModel(
        "sales",
        Map.of("sale_id", Simple.BIGINT),
        "sold_at",
        Map.of("good", new DimensionUse("good", "good_id")),
        List.of(new Measure("quantity", Simple.INT, Optional.empty())),
        Map.of(),
        List.of(
            new FactFeedModel(
                SALES.name(), Optional.empty(), Map.of(), Map.of(), Optional.empty())));
  }

  private StarFixture star(DimensionModel good) {
    return new StarFixture(folder, new StarSchema(List.of(good), List.of(), List.of(sales())));
  }

  private StarFixture starWithoutFacts(DimensionModel good) {
    return new StarFixture(folder, new StarSchema(List.of(good), List.of(), List.of()));
  }

  private static List<String> members(StarFixture star) {
    return star.rows("dim_good", "good_key > 0", "good_key", "good_id", "name", "is_inferred");
  }

  private static List<String> facts(StarFixture star) {
    return star.rows("fact_sales", "true", "sale_id", "good_key");
  }

  @Test
  void membersOfAnotherEntityLeaveAndThoseOfEqualKeysKeepTheirs() {
    StarFixture.Entity old = goods("shop.goods", Simple.BIGINT);
    StarFixture.Entity now = goods("erp.goods", Simple.BIGINT);
    StarFixture star = star(good(old, "good_id"));
    star.load(old, 1, row(1L, 7L, "Tea"), row(2L, 8L, "Cup"), row(3L, 9L, "Pot"));
    star.load(SALES, 1, row(10L, 1L, noon(1), 1), row(12L, 3L, noon(1), 1));
    star.build(1);
    assertThat(members(star)).containsExactly("1|1|Tea|false", "2|2|Cup|false", "3|3|Pot|false");
    star.load(now, 2, row(1L, 7L, "Tea"), row(4L, 6L, "Jug"));
    StarFixture other = star(good(now, "good_id"));
    other.build(2);
    assertThat(members(other)).containsExactly("1|1|Tea|false", "4|4|Jug|false", "5|3|-|true");
    assertThat(facts(other)).containsExactly("10|1", "12|5");
    assertThat(other.build(2).committed()).isFalse();
  }

  @Test
  void aDefinitionThatLosesValuesIsStoppedByTheGuardAndToldOfWithoutIt() {
    StarFixture.Entity before = goods("shop.goods", Simple.BIGINT);
    StarFixture.Entity renamed =
        StarFixture.Entity.of(
            "shop.goods", "good_id", null, "good_id", Simple.BIGINT, "title", Simple.TEXT);
    Object[][] goods = new Object[40][];
    for (int i = 0; i < goods.length; i++) {
      goods[i] = row((long) i, 7L, "Tea");
    }
    StarFixture star = starWithoutFacts(good(before, "good_id"));
    star.load(before, 1, goods);
    star.build(1);
    star.load(renamed, 2, row(1L, "Cup"));
    StarFixture other = starWithoutFacts(computed(renamed, "title"));
    other.guards(new Guards(Optional.of(new BigDecimal("0.5")), Optional.empty()));
    assertThatThrownBy(() -> other.build(2))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.GUARD_EXCEEDED))
        .hasMessageContaining("39 of 40 known members lose a value");
    assertThat(members(star)).contains("1|0|Tea|false");

    other.guards(new Guards(Optional.empty(), Optional.empty()));
    assertThat(other.build(2).findings())
        .containsExactly(
            "dim_good: 39 members lose a value that they showed, for it was built from all loads"
                + " again");
  }

  @Test
  void aColumnThatWasRenamedIsReadUnderBothNamesWhereverItsRowsComeFrom() {
    StarFixture.Entity before = goods("shop.goods", Simple.BIGINT);
    StarFixture.Entity renamed =
        StarFixture.Entity.of(
            "shop.goods", "good_id", null, "good_id", Simple.BIGINT, "title", Simple.TEXT);
    StarFixture star = starWithoutFacts(good(before, "good_id"));
    star.load(before, 1, row(1L, 7L, "Tea"), row(2L, 8L, "Cup"));
    star.build(1);
    star.load(before, 2, row(1L, 7L, "Green tea"));
    star.build(2);
    star.load(renamed, 3, row(1L, "Black tea"), row(2L, "Cup"));
    StarFixture other = starWithoutFacts(computed(renamed, "upper(coalesce(title, name))"));
    other.guards(new Guards(Optional.of(BigDecimal.ZERO), Optional.empty()));
    other.build(3);
    other.load(renamed, 4, row(2L, "Mug"));
    other.build(4);
    assertThat(other.rows("dim_good", "good_key > 0", "good_id", "version", "name", "good_key"))
        .containsExactly(
            "1|1|TEA|1", "1|2|GREEN TEA|3", "1|3|BLACK TEA|4", "2|1|CUP|2", "2|2|MUG|5");
    assertThat(other.build(4).committed()).isFalse();
  }

  private static DimensionModel computed(StarFixture.Entity from, String name) {
    return new DimensionModel(
        "good",
        from.name(),
        List.of("good_id"),
        Optional.empty(),
        List.of(),
        List.of("name"),
        Map.of("name", name),
        Optional.empty(),
        OnDelete.MARK,
        List.of());
  }

  @Test
  void membersLeaveEvenBeforeTheOtherEntityCame() {
    StarFixture.Entity old = goods("shop.goods", Simple.BIGINT);
    StarFixture star = starWithoutFacts(good(old, "good_id"));
    star.load(old, 1, row(1L, 7L, "Tea"));
    star.build(1);
    StarFixture other = starWithoutFacts(good(goods("erp.goods", Simple.BIGINT), "good_id"));
    other.build(2);
    assertThat(members(other)).isEmpty();
    assertThat(other.table("dim_good").count()).isEqualTo(2);
    assertThat(other.build(2).committed()).isFalse();
  }

  @Test
  void anotherKeyMakesOtherMembersUnderNewKeys() {
    StarFixture.Entity goods = goods("shop.goods", Simple.BIGINT);
    StarFixture star = star(good(goods, "good_id"));
    star.load(goods, 1, row(1L, 2L, "Tea"), row(2L, 1L, "Cup"));
    star.load(SALES, 1, row(10L, 1L, noon(1), 1), row(11L, 3L, noon(1), 1));
    star.build(1);
    StarFixture other = star(good(goods, "code"));
    other.build(1);
    assertThat(other.rows("dim_good", "good_key > 0", "good_key", "code", "name"))
        .containsExactly("4|1|Cup", "5|2|Tea", "6|3|-");
    assertThat(facts(other)).containsExactly("10|4", "11|6");
    star.load(goods, 2, row(1L, 2L, "Chai"), row(2L, 1L, "Cup"));
    other.build(2);
    assertThat(other.rows("dim_good", "good_key > 0", "good_key", "code", "name"))
        .containsExactly("4|1|Cup", "5|2|Tea", "6|3|-", "7|2|Chai");
  }

  @Test
  void aKeyWithMoreOrFewerDigitsIsTheSameMember() {
    StarFixture.Entity whole = goods("shop.goods", new Decimal(10, 0));
    StarFixture.Entity exact = goods("shop.goods", new Decimal(10, 2));
    StarFixture star = star(good(whole, "good_id"));
    star.load(whole, 1, row(new BigDecimal("1"), 7L, "Tea"), row(new BigDecimal("2"), 8L, "Cup"));
    star.load(SALES, 1, row(10L, 1L, noon(1), 1), row(11L, 5L, noon(1), 1));
    star.build(1);
    star.load(exact, 2, row(new BigDecimal("1.00"), 7L, "Chai"));
    star.build(2);
    List<String> expected = List.of("1|1.00|Tea|false", "2|2.00|Cup|false", "3|5.00|-|true");
    assertThat(members(star)).containsAll(expected).hasSize(4).contains("4|1.00|Chai|false");
    assertThat(facts(star)).containsExactly("10|1", "11|3");
    star.load(whole, 3, row(new BigDecimal("1"), 7L, "Chai"), row(new BigDecimal("5"), 7L, "Pot"));
    star.build(3);
    assertThat(members(star)).contains("3|5.00|Pot|false").hasSize(4);
    assertThat(facts(star)).containsExactly("10|1", "11|3");
  }

  @Test
  void aKeyOfAnotherKindIsReadFromAllLoadsAgain() {
    StarFixture.Entity text = goods("shop.goods", Simple.TEXT);
    StarFixture.Entity number = goods("shop.goods", Simple.BIGINT);
    StarFixture star = starWithoutFacts(good(text, "good_id"));
    star.load(text, 1, row("7", 1L, "Tea"), row("007", 2L, "Cup"), row("x", 3L, "Pot"));
    star.build(1);
    star.load(number, 2, row(8L, 4L, "Jug"));
    BuildResult result = star.build(2);
    assertThat(star.rows("dim_good", "good_key > 0", "good_id", "name"))
        .containsExactlyInAnyOrder("7|Cup", "8|Jug");
    assertThat(result.findings()).containsExactly("dim_good: 1 rows rejected, no good_id");
    star.load(number, 3, row(8L, 4L, "Jug"));
    star.build(3);
  }

  @Test
  void rowsThatAreKeptByAnotherKeyAreKeptAnew() {
    StarFixture.Entity goods = goods("shop.goods", Simple.BIGINT);
    ColumnType id = new Decimal(10, 2);
    StarFixture.Entity byName = groups("group_name", id);
    StarFixture star =
        starWithoutFacts(
            good(goods, "good_id", new Enrichment(byName.name(), "code", List.of("group_name"))));
    star.load(goods, 1, row(1L, 7L, "Tea"));
    star.load(byName, 1, row(new BigDecimal("7.00"), "Drinks"));
    star.build(1);
    assertThat(star.rows("dim_good", "good_key > 0", "name", "group_name"))
        .containsExactly("Tea|-");
    star.load(groups("group_id", id), 2, row(new BigDecimal("8.50"), "Dishes"));
    star.build(2);
    assertThat(star.rows("state_shop__groups", "true", "_k")).containsExactly("7", "8.5");
    assertThat(star.rows("dim_good", "good_key > 0", "name", "group_name"))
        .as("however many digits a key's type has")
        .containsExactly("Tea|Drinks");
  }

  private static StarFixture.Entity groups(String key, ColumnType id) {
    return StarFixture.Entity.of(
        "shop.groups", key, null, "group_id", id, "group_name", Simple.TEXT);
  }

  @Test
  void daysMakeOneStarInWhateverOrderTheyArrive() {
    StarFixture.Entity goods = goods("shop.goods", Simple.BIGINT);
    List<String> names = List.of("Tea", "Chai", "Tea", "Tea", "Chai");
    for (List<Integer> order :
        List.of(List.of(1, 2, 3, 4, 5), List.of(1, 3, 4, 2, 5), List.of(5, 4, 3, 2, 1))) {
      StarFixture star =
          new StarFixture(
              folder.resolve(order.toString().replaceAll("\\D", "")),
              new StarSchema(List.of(good(goods, "good_id")), List.of(), List.of()));
      for (int day : order) {
        star.load(goods, day, row(1L, 7L, names.get(day - 1)));
        star.build(day);
      }
      assertThat(star.rows("dim_good", "good_key > 0", "version", "name", "date(valid_from)"))
          .as("%s", order)
          .containsExactly(
              "1|Tea|1900-01-01", "2|Chai|2026-11-03", "3|Tea|2026-11-04", "4|Chai|2026-11-06");
    }
  }
}
