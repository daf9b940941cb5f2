package dev.loadstar.starschema.builder;

import static dev.loadstar.starschema.builder.StarFixture.noon;
import static dev.loadstar.starschema.builder.StarFixture.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.starschema.model.DimensionModel.OnDelete;
import dev.loadstar.starschema.model.FactFeedModel;
import dev.loadstar.starschema.model.FactModel;
import dev.loadstar.starschema.model.FactModel.DimensionUse;
import dev.loadstar.starschema.model.FactModel.Measure;
import dev.loadstar.starschema.model.StarSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What feeds of a fact mean while their sources and the model change. */
class FactFeedTest {
  private static final StarFixture.Entity ORDERS =
      entity("shop.orders", "order_id", "customer_id", "at", "status");
  private static final StarFixture.Entity LINES =
      entity("shop.lines", "line_id", "order_id", "quantity");
  private static final StarFixture.Entity TILLS =
      entity("tills.sales", "line_id", "customer_id", "at", "quantity");
  private static final StarFixture.Entity CUSTOMERS =
      entity("shop.customers", "customer_id", "city", "seen_at");

  private static final FactFeedModel ONLINE =
      new FactFeedModel(
          LINES.name(),
          Optional.of(new FactFeedModel.Header(ORDERS.name(), "order_id")),
          Map.of("channel", "online"),
          Map.of(),
          Optional.of("status = 'cancelled'"));
  private static final FactFeedModel STORE =
      new FactFeedModel(
          TILLS.name(), Optional.empty(), Map.of("channel", "store"), Map.of(), Optional.empty());

  @TempDir Path folder;

  private static StarFixture.Entity entity(String name, String key, String... columns) {
    List<Object> all = new ArrayList<>(List.of(key, Simple.INT));
    for (String column : columns) {
      boolean text = List.of("status", "city", "_batch", "by").contains(column);
      all.add(column);
      all.add(column.endsWith("at") ? Simple.TIMESTAMP : text ? Simple.TEXT : Simple.INT);
    }
    return StarFixture.Entity.of(name, key, null, all.toArray());
  }

  private StarFixture star(FactFeedModel... feeds) {
    return star(Simple.INT, feeds);
  }

  private StarFixture star(ColumnType lineNumber, FactFeedModel... feeds) {
    DimensionModel customer =
        new DimensionModel(
            "customer",
            CUSTOMERS.name(),
            List.of("customer_id"),
            Optional.of("seen_at"),
            List.of(),
            List.of("city"),
            Map.of(),
            Optional.empty(),
            OnDelete.MARK,
            List.of());
    Map<String, ColumnType> grain = new LinkedHashMap<>();
    grain.put("channel", Simple.TEXT);
    grain.put("line_id", lineNumber);
    FactModel sales =
        new FactModel(
            "sales",
            grain,
            "at",
            Map.of("customer", new DimensionUse("customer", "customer_id")),
            List.of(new Measure("quantity", Simple.INT, Optional.empty())),
            Map.of(),
            Arrays.asList(feeds));
    return new StarFixture(folder, new StarSchema(List.of(customer), List.of(), List.of(sales)));
  }

  private static List<String> sales(StarFixture star) {
    return star.rows("fact_sales", "true", "channel", "line_id", "quantity", "customer_key");
  }

  @Test
  void aColumnThatTheLinesGetLaterDoesNotHideTheHeaders() {
    StarFixture star = star(ONLINE);
    star.load(ORDERS, 1, row(10, 1, noon(1), "cancelled"), row(11, 1, noon(1), "paid"));
    star.load(LINES, 1, row(1, 10, 5), row(2, 11, 6));
    star.build(1);
    assertThat(sales(star)).containsExactly("online|2|6|1");
    StarFixture.Entity wider = entity("shop.lines", "line_id", "order_id", "quantity", "status");
    star.load(wider, 2, row(1, 10, 7, "packed"), row(2, 11, 8, "cancelled"));
    star.build(2);
    assertThat(sales(star)).containsExactly("online|2|8|1");
    assertThat(star.build(2).committed()).isFalse();

    FactFeedModel changed =
        new FactFeedModel(
            ONLINE.lines(),
            ONLINE.header(),
            ONLINE.set(),
            ONLINE.columns(),
            Optional.of("status = 'packed'"));
    StarFixture again = star(changed);
    again.build(3);
    assertThat(sales(again)).as("a definition that is read again").containsExactly("online|2|8|1");
  }

  @Test
  void namesOfASourceAreNeverOurs() {
    String[] odd = {"quantity", "_batch", "_headed", "_released", "by", "_by", "_feed", "_line"};
    FactFeedModel feed =
        new FactFeedModel(
            LINES.name(),
            ONLINE.header(),
            ONLINE.set(),
            Map.of("quantity", "quantity + _headed + _by"),
            Optional.of("_batch = 'x' or `by` = 'y' or _cancelled = 1"));
    List<String> columns = new ArrayList<>(List.of("order_id"));
    columns.addAll(List.of(odd));
    StarFixture star = star(feed);
    star.load(
        entity("shop.orders", "order_id", "customer_id", "at", "_cancelled", "_first_header"),
        1,
        row(10, 1, noon(1), 0, 1));
    StarFixture.Entity lines = entity("shop.lines", "line_id", columns.toArray(String[]::new));
    star.load(
        lines,
        1,
        row(1, 10, 5, "a", 100, 0, "b", 1000, 0, 0),
        row(2, 10, 5, "x", 100, 0, "b", 1000, 0, 0),
        row(3, 10, 5, "a", 100, 0, "y", 1000, 0, 0));
    star.build(1);
    assertThat(sales(star)).containsExactly("online|1|1105|1");
  }

  @Test
  void aColumnThatIsGoneStopsTheNightByItsName() {
    StarFixture star = star(ONLINE);
    star.load(ORDERS, 1, row(10, 1, noon(1), "paid"));
    star.load(LINES, 1, row(1, 10, 5));
    star.build(1);
    star.load(entity("shop.lines", "line_id", "order_id", "amount"), 2, row(2, 10, 5));
    assertThatThrownBy(() -> star.build(2))
        .isInstanceOfSatisfying(
            LoadException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID))
        .hasMessageContaining("shop.lines has no column quantity any more");
    star.load(LINES, 3, row(2, 10, 6));
    star.build(3);
    assertThat(sales(star)).containsExactly("online|1|5|1", "online|2|6|1");
  }

  @Test
  void aRenamedColumnIsReadUnderBothNamesInOldRowsAndNew() {
    StarFixture.Entity renamed = entity("shop.lines", "line_id", "order_id", "amount");
    StarFixture star = star(ONLINE);
    star.load(ORDERS, 1, row(10, 1, noon(1), "paid"));
    star.load(LINES, 1, row(1, 10, 5));
    star.build(1);
    star.load(renamed, 2, row(2, 10, 6));
    FactFeedModel both =
        new FactFeedModel(
            LINES.name(),
            ONLINE.header(),
            ONLINE.set(),
            Map.of("quantity", "coalesce(amount, quantity)"),
            ONLINE.cancelledWhen());
    StarFixture other = star(both);
    other.build(2);
    other.load(ORDERS, 3, row(10, 2, noon(1), "paid"));
    other.load(renamed, 3, row(3, 10, 7));
    other.build(3);
    assertThat(sales(other)).containsExactly("online|1|5|2", "online|2|6|2", "online|3|7|2");
  }

  @Test
  void aFeedThatBringsNothingAtFirstStopsNobody() {
    StarFixture star = star(ONLINE, STORE);
    star.load(entity("tills.sales", "line_id"), 1);
    star.load(ORDERS, 1, row(10, 1, noon(1), "paid"));
    star.load(LINES, 1, row(1, 10, 5));
    star.build(1);
    assertThat(sales(star)).containsExactly("online|1|5|1");
    star.load(TILLS, 2, row(1, 1, noon(1), 3));
    star.build(2);
    assertThat(sales(star)).containsExactly("online|1|5|1", "store|1|3|1");
  }

  @Test
  void aFeedThatLeavesTakesItsFactsAlongAndBringsThemBack() {
    StarFixture both = star(ONLINE, STORE);
    both.load(ORDERS, 1, row(10, 1, noon(1), "paid"));
    both.load(LINES, 1, row(1, 10, 5));
    both.load(TILLS, 1, row(1, 1, noon(1), 7), row(2, 1, noon(1), null));
    both.build(1);
    assertThat(sales(both)).containsExactly("online|1|5|1", "store|1|7|1");
    assertThat(both.rows("quarantine_sales", "true", "entity")).containsExactly("tills.sales");

    StarFixture one = star(ONLINE);
    one.build(2);
    assertThat(sales(one)).containsExactly("online|1|5|1");
    assertThat(one.rows("quarantine_sales", "true", "entity")).isEmpty();
    assertThat(one.tables.head().orElseThrow().table("fact_sales").rows()).isEqualTo(1);

    StarFixture again = star(ONLINE, STORE);
    again.build(3);
    assertThat(sales(again)).containsExactly("online|1|5|1", "store|1|7|1");
    assertThat(again.rows("quarantine_sales", "true", "entity")).containsExactly("tills.sales");
  }

  @Test
  void aGrainOfAnotherTypeIsBuiltAgainUnderTheSameKeys() {
    StarFixture star = star(new ColumnType.Decimal(10, 2), STORE);
    star.load(TILLS, 1, row(1, 1, noon(1), 7), row(2, 1, noon(1), 8));
    star.build(1);
    List<String> keys = star.rows("fact_sales", "true", "sales_key", "quantity");
    for (ColumnType type : List.of(new ColumnType.Decimal(10, 1), Simple.TEXT, Simple.BIGINT)) {
      StarFixture other = star(type, STORE);
      other.build(2);
      assertThat(other.rows("fact_sales", "true", "sales_key", "quantity")).isEqualTo(keys);
      other.load(TILLS, 2, row(1, 1, noon(1), 7));
      other.build(2);
      assertThat(other.rows("fact_sales", "true", "sales_key", "quantity")).isEqualTo(keys);
    }
    assertThat(star.rows("fact_sales", "true", "line_id")).containsExactly("1", "2");
  }

  @Test
  void aFactWhoseLineComesBrokenFollowsItsMemberInTheSameNight() {
    StarFixture star = star(STORE);
    star.load(CUSTOMERS, 1, row(1, "Bonn", noon(1)));
    star.load(TILLS, 1, row(1, 1, noon(5), 7));
    star.build(1);
    assertThat(sales(star)).containsExactly("store|1|7|1");
    star.load(CUSTOMERS, 2, row(1, "Kiel", noon(3)));
    star.load(TILLS, 2, row(1, 1, noon(5), null));
    star.build(2);
    assertThat(sales(star)).containsExactly("store|1|7|2");
    assertThat(star.rows("quarantine_sales", "true", "_load", "reason", "column_name"))
        .containsExactly("2|missing_measure|quantity");
    assertThat(star.build(2).committed()).isFalse();
  }

  @Test
  void aKeyThatIsNoNumberOfTheDimensionIsNotRoundedToAnother() {
    StarFixture star = star(STORE);
    star.load(CUSTOMERS, 1, row(12, "Bonn", noon(1)));
    star.load(
        StarFixture.Entity.of(
            "tills.sales",
            "line_id",
            null,
            "line_id",
            Simple.INT,
            "customer_id",
            new ColumnType.Decimal(10, 2),
            "at",
            Simple.TIMESTAMP,
            "quantity",
            Simple.INT),
        1,
        row(1, new java.math.BigDecimal("12.00"), noon(1), 7),
        row(2, new java.math.BigDecimal("12.50"), noon(1), 7));
    star.build(1);
    assertThat(sales(star)).containsExactly("store|1|7|1", "store|2|7|-1");
  }
}
