package dev.loadstar.starschema.builder;

import static dev.loadstar.starschema.builder.StarFixture.noon;
import static dev.loadstar.starschema.builder.StarFixture.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.project.Settings.Guards;
import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.core.quality.StarVerdict;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.starschema.model.CalendarModel;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.starschema.model.DimensionModel.OnDelete;
import dev.loadstar.starschema.model.FactFeedModel;
import dev.loadstar.starschema.model.FactModel;
import dev.loadstar.starschema.model.FactModel.DimensionUse;
import dev.loadstar.starschema.model.FactModel.Measure;
import dev.loadstar.starschema.model.StarSchema;
import dev.loadstar.tables.Changes;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.spark.SparkSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StarSchemaBuilderTest {
  private static final ColumnType MONEY = new ColumnType.Decimal(10, 2);
  private static final StarFixture.Entity CUSTOMERS =
      StarFixture.Entity.of(
          "shop.customers",
          "customer_id",
          "updated_at",
          "customer_id",
          Simple.BIGINT,
          "name",
          Simple.TEXT,
          "city",
          Simple.TEXT,
          "updated_at",
          Simple.TIMESTAMP);
  private static final StarFixture.Entity ORDERS =
      StarFixture.Entity.of(
          "shop.orders",
          "order_id",
          "updated_at",
          "order_id",
          Simple.BIGINT,
          "customer_id",
          Simple.BIGINT,
          "ordered_at",
          Simple.TIMESTAMP,
          "status",
          Simple.TEXT,
          "updated_at",
          Simple.TIMESTAMP);
  private static final StarFixture.Entity LINES =
      StarFixture.Entity.of(
          "shop.order_lines",
          "order_id,line_number",
          "updated_at",
          "order_id",
          Simple.BIGINT,
          "line_number",
          Simple.INT,
          "quantity",
          Simple.INT,
          "unit_price",
          MONEY,
          "updated_at",
          Simple.TIMESTAMP);

  @TempDir Path folder;
  private StarFixture star;

  static StarSchema schema(List<String> type1, List<String> type2) {
    DimensionModel customer =
        new DimensionModel(
            "customer",
            CUSTOMERS.name(),
            List.of("customer_id"),
            Optional.of("updated_at"),
            type1,
            type2,
            Map.of(),
            Optional.empty(),
            OnDelete.MARK,
            List.of());
    CalendarModel date =
        new CalendarModel(
            "date",
            LocalDate.of(2026, 1, 1),
            Optional.of(LocalDate.of(2026, 12, 31)),
            0,
            DayOfWeek.MONDAY,
            Month.JANUARY);
    Map<String, ColumnType> grain = new LinkedHashMap<>();
    grain.put("order_number", Simple.TEXT);
    grain.put("line_number", Simple.INT);
    Map<String, DimensionUse> uses = new LinkedHashMap<>();
    uses.put("customer", new DimensionUse("customer", "customer_id"));
    uses.put("date", new DimensionUse("date", "sold_at"));
    FactFeedModel feed =
        new FactFeedModel(
            LINES.name(),
            Optional.of(new FactFeedModel.Header(ORDERS.name(), "order_id")),
            Map.of(),
            Map.of("order_number", "order_id", "sold_at", "ordered_at"),
            Optional.of("status = 'cancelled'"));
    FactModel sales =
        new FactModel(
            "sales",
            grain,
            "sold_at",
            uses,
            List.of(
                new Measure("quantity", Simple.INT, Optional.empty()),
                new Measure("unit_price", Measure.DEFAULT_TYPE, Optional.empty()),
                new Measure("amount", Measure.DEFAULT_TYPE, Optional.of("quantity * unit_price"))),
            Map.of(),
            List.of(feed));
    return new StarSchema(List.of(customer), List.of(date), List.of(sales));
  }

  @BeforeEach
  void open() {
    star = new StarFixture(folder, schema(List.of("name"), List.of("city")));
    star.fewRows(fewRows());
  }

  /** Up to how many rows a query is answered without a job. */
  long fewRows() {
    return SparkSettings.FEW_ROWS;
  }

  private static Object[] customer(long id, String name, String city, int day) {
    return row(id, name, city, noon(day));
  }

  private static Object[] order(long id, Long customer, int orderedOn, String status, int day) {
    return row(id, customer, noon(orderedOn), status, noon(day));
  }

  private static Object[] line(long order, int number, int quantity, int day) {
    return row(order, number, quantity, new BigDecimal("2.50"), noon(day));
  }

  private List<String> versions() {
    return star.rows(
        "dim_customer",
        "customer_key > 0",
        "customer_id",
        "version",
        "name",
        "city",
        "date(valid_from)",
        "date(valid_to)",
        "is_current",
        "is_inferred");
  }

  /** Each fact with the city of the version it names. */
  private List<String> sales() {
    return star
        .table("fact_sales")
        .as("f")
        .join(star.table("dim_customer").as("c"), "customer_key")
        .selectExpr(
            "concat_ws('|', order_number, line_number, quantity, cast(amount as decimal(10,2)),"
                + " date_key, customer_key < 0, coalesce(c.city, '-')) AS line")
        .sort("line")
        .collectAsList()
        .stream()
        .map(r -> r.getString(0))
        .toList();
  }

  private static HopBalance balance(BuildResult result, String subject) {
    return result.balance().stream()
        .filter(b -> b.subject().equals(subject))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aChangeBeginsAVersionAndALateOneSplitsItAndMovesExactlyItsFacts() {
    star.load(CUSTOMERS, 1, customer(1, "Ann", "Bonn", 1));
    star.load(
        ORDERS,
        1,
        order(10, 1L, 1, "new", 1),
        order(11, 1L, 3, "new", 1),
        order(12, 1L, 5, "new", 1));
    star.load(LINES, 1, line(10, 1, 1, 1), line(11, 1, 1, 1), line(12, 1, 1, 1));
    star.build(1);
    assertThat(versions()).containsExactly("1|1|Ann|Bonn|1900-01-01|9999-12-31|true|false");

    star.load(CUSTOMERS, 2, customer(1, "Anna", "Kiel", 5));
    BuildResult second = star.build(2);
    assertThat(versions())
        .containsExactly(
            "1|1|Anna|Bonn|1900-01-01|2026-11-06|false|false",
            "1|2|Anna|Kiel|2026-11-06|9999-12-31|true|false");
    assertThat(second.dimensions().get("dim_customer").newVersions()).isEqualTo(1);
    assertThat(sales())
        .containsExactly(
            "10|1|1|2.50|20261102|false|Bonn",
            "11|1|1|2.50|20261104|false|Bonn",
            "12|1|1|2.50|20261106|false|Kiel");

    star.load(CUSTOMERS, 3, customer(1, "An", "Ulm", 3)); // late: between the two
    List<String> keys = star.rows("fact_sales", "true", "sales_key", "order_number");
    star.build(3);
    assertThat(versions())
        .containsExactly(
            "1|1|Anna|Bonn|1900-01-01|2026-11-04|false|false",
            "1|2|Anna|Ulm|2026-11-04|2026-11-06|false|false",
            "1|3|Anna|Kiel|2026-11-06|9999-12-31|true|false");
    assertThat(sales())
        .contains("11|1|1|2.50|20261104|false|Ulm", "12|1|1|2.50|20261106|false|Kiel");
    assertThat(changes("fact_sales")).as("one fact re-pointed").isEqualTo(1);
    assertThat(star.rows("fact_sales", "true", "sales_key", "order_number")).isEqualTo(keys);
  }

  /** Rows by which the head differs from the commit before. */
  private long changes(String table) {
    Commit head = star.tables.head().orElseThrow();
    Optional<Commit> before = star.tables.find(head.number() - 1);
    try (Changes changes =
        star.tables.changes(before, head, table, head.table(table).shape().plainColumns())) {
      long rows = 0;
      while (changes.next() != null) {
        rows++;
      }
      return changes.snapshot() ? -1 : rows;
    }
  }

  @Test
  void aLineWaitsForItsHeaderAndIsReleasedByIt() {
    star.load(CUSTOMERS, 1, customer(1, "Ann", "Bonn", 1));
    star.load(LINES, 1, line(10, 1, 2, 1), line(10, 2, 3, 1));
    BuildResult first = star.build(1);
    assertThat(balance(first, "fact_sales from shop.order_lines").rows().waiting()).isEqualTo(2);
    assertThat(sales()).isEmpty();

    star.load(ORDERS, 2, order(10, 1L, 1, "new", 2));
    BuildResult second = star.build(2);
    HopBalance released = balance(second, "fact_sales from shop.order_lines");
    assertThat(released.rows().released()).isEqualTo(2);
    assertThat(released.rows().passed()).isEqualTo(2);
    assertThat(sales()).hasSize(2);
  }

  @Test
  void aCancelledOrderLeavesTheFactsAndComesBack() {
    star.load(CUSTOMERS, 1, customer(1, "Ann", "Bonn", 1));
    star.load(ORDERS, 1, order(10, 1L, 1, "new", 1));
    star.load(LINES, 1, line(10, 1, 2, 1));
    star.build(1);
    List<String> asItWas = star.rows("fact_sales", "true", "sales_key", "order_number", "quantity");
    star.load(ORDERS, 2, order(10, 1L, 1, "cancelled", 2));
    star.build(2);
    assertThat(sales()).isEmpty();
    assertThat(star.tables.head().orElseThrow().tables().get("fact_sales").rows()).isZero();
    star.load(ORDERS, 3, order(10, 1L, 1, "paid", 3));
    star.build(3);
    assertThat(asItWas).containsExactly("1|10|2");
    assertThat(star.rows("fact_sales", "true", "sales_key", "order_number", "quantity"))
        .as("a key that was let go is never given again")
        .containsExactly("2|10|2");
    assertThat(sales()).containsExactly("10|1|2|5.00|20261102|false|Bonn");
  }

  @Test
  void anUnknownMemberIsInferredAndFilledInUnderTheSameKey() {
    star.load(ORDERS, 1, order(10, 7L, 1, "new", 1), order(11, null, 1, "new", 1));
    star.load(LINES, 1, line(10, 1, 2, 1), line(11, 1, 1, 1));
    BuildResult first = star.build(1);
    assertThat(first.dimensions().get("dim_customer").inferredMembers()).isEqualTo(1);
    assertThat(versions()).containsExactly("7|1|-|-|1900-01-01|9999-12-31|true|true");
    assertThat(sales()).contains("11|1|1|2.50|20261102|true|Unknown");
    List<String> key =
        star.rows("dim_customer", "customer_id = '7'", "customer_key", "customer_durable_key");

    star.load(CUSTOMERS, 2, customer(7, "Eve", "Hof", 2));
    star.build(2);
    assertThat(versions()).containsExactly("7|1|Eve|Hof|1900-01-01|9999-12-31|true|false");
    assertThat(
            star.rows("dim_customer", "customer_id = '7'", "customer_key", "customer_durable_key"))
        .isEqualTo(key);
    assertThat(sales()).contains("10|1|2|5.00|20261102|false|Hof");
  }

  @Test
  void repeatsChangeNothingAndAreCounted() {
    star.load(CUSTOMERS, 1, customer(1, "Ann", "Bonn", 1));
    star.load(ORDERS, 1, order(10, 1L, 1, "new", 1));
    star.load(LINES, 1, line(10, 1, 2, 1));
    star.build(1);
    star.load(CUSTOMERS, 2, customer(1, "Ann", "Bonn", 1));
    star.load(LINES, 2, line(10, 1, 2, 1));
    BuildResult again = star.build(2);
    assertThat(balance(again, "dim_customer").rows().deduplicated()).isEqualTo(1);
    assertThat(balance(again, "fact_sales from shop.order_lines").rows().unchanged()).isEqualTo(1);
    assertThat(changes("dim_customer") + changes("fact_sales")).isZero();
    BuildResult nothing = star.build(2);
    assertThat(nothing.committed()).isFalse();
    assertThat(star.tables.head().map(Commit::number)).contains(2L);
  }

  @Test
  void aLineOfAnOlderDateDoesNotOvertakeANewerOne() {
    star.load(CUSTOMERS, 1, customer(1, "Ann", "Bonn", 1));
    star.load(ORDERS, 1, order(10, 1L, 1, "new", 1));
    star.load(LINES, 3, line(10, 1, 5, 3));
    star.build(3);
    star.load(LINES, 2, line(10, 1, 2, 1));
    BuildResult late = star.build(2);
    assertThat(balance(late, "fact_sales from shop.order_lines").rows().deduplicated())
        .isEqualTo(1);
    assertThat(sales()).containsExactly("10|1|5|12.50|20261102|false|Bonn");
  }

  @Test
  void aLineWhoseChangeTimeWasCorrectedBackwardsIsTheSourcesCurrentRow() {
    star.load(CUSTOMERS, 1, customer(1, "Ann", "Bonn", 1));
    star.load(ORDERS, 1, order(10, 1L, 1, "new", 1));
    star.load(LINES, 1, line(10, 1, 5, 9), line(10, 1, 4, 8)); // of one load the last change
    star.build(1);
    assertThat(sales()).containsExactly("10|1|5|12.50|20261102|false|Bonn");
    star.load(LINES, 2, line(10, 1, 2, 1));
    star.build(2);
    assertThat(sales()).containsExactly("10|1|2|5.00|20261102|false|Bonn");
  }

  @Test
  void whatALaterLoadRepeatedStandsAgainstALateOneOfADateBetween() {
    star.load(CUSTOMERS, 1, customer(1, "Ann", "Bonn", 1));
    star.load(ORDERS, 1, order(10, 1L, 1, "new", 1));
    star.load(LINES, 1, line(10, 1, 5, 1));
    star.build(1);
    star.load(LINES, 3, line(10, 1, 5, 1));
    star.build(3);
    star.load(LINES, 2, line(10, 1, 2, 1));
    star.build(2);
    assertThat(sales()).containsExactly("10|1|5|12.50|20261102|false|Bonn");
  }

  @Test
  void rowsThatAreReadAgainInFullAndEqualAreNotKeptAgain() {
    star.load(CUSTOMERS, 1, customer(1, "Ann", "Bonn", 1));
    star.load(ORDERS, 1, order(10, 1L, 1, "new", 1), order(11, 1L, 1, "new", 1));
    star.load(LINES, 1, line(10, 1, 5, 1), line(11, 1, 5, 1));
    star.build(1);
    star.load(ORDERS, 2, order(10, 1L, 1, "new", 1), order(11, 1L, 1, "paid", 1));
    star.load(LINES, 2, line(10, 1, 5, 1), line(11, 1, 5, 1));
    BuildResult second = star.build(2);
    assertThat(star.rows("state_shop__orders", "true", "_k", "_load", "status"))
        .containsExactly("10|1|new", "11|2|paid");
    assertThat(star.rows("state_shop__order_lines", "true", "_load")).containsOnly("1");
    assertThat(balance(second, "fact_sales from shop.order_lines").rows().unchanged()).isEqualTo(2);
  }

  @Test
  void anObservationWithoutAKeyIsRejectedAloneAndNamed() {
    star.load(
        CUSTOMERS,
        1,
        customer(1, "Ann", "Bonn", 1),
        row(null, "Nobody", "Ulm", noon(1)),
        customer(2, "Bob", "Kiel", 1));
    BuildResult result = star.build(1);
    assertThat(balance(result, "dim_customer").rows().quarantined()).isEqualTo(1);
    assertThat(result.findings()).containsExactly("dim_customer: 1 rows rejected, no customer_id");
    assertThat(star.rows("dim_customer", "customer_key > 0", "customer_id"))
        .containsExactly("1", "2");
  }

  @Test
  void aLineWithoutAMeasureIsQuarantinedWithItsPlace() {
    star.load(CUSTOMERS, 1, customer(1, "Ann", "Bonn", 1));
    star.load(ORDERS, 1, order(10, 1L, 1, "new", 1));
    star.load(LINES, 1, row(10L, 1, null, new BigDecimal("1.00"), noon(1)));
    BuildResult result = star.build(1);
    assertThat(balance(result, "fact_sales from shop.order_lines").rows().quarantined())
        .isEqualTo(1);
    assertThat(star.rows("quarantine_sales", "true", "entity", "_row", "reason", "column_name"))
        .containsExactly("shop.order_lines|1|missing_measure|quantity");
  }

  @Test
  void aLineThatWasMendedLeavesTheQuarantine() {
    star.load(CUSTOMERS, 1, customer(1, "Ann", "Bonn", 1));
    star.load(ORDERS, 1, order(10, 1L, 1, "new", 1));
    star.load(LINES, 1, broken(10, 1, 1), broken(10, 2, 1));
    star.build(1);
    assertThat(quarantined()).containsExactly("1|1", "1|2");

    star.load(LINES, 2, broken(10, 1, 2), line(10, 2, 4, 2));
    BuildResult second = star.build(2);
    assertThat(balance(second, "fact_sales from shop.order_lines").rows().quarantined())
        .isEqualTo(1);
    assertThat(quarantined()).containsExactly("2|1");
    assertThat(sales()).containsExactly("10|2|4|10.00|20261102|false|Bonn");

    star.load(LINES, 3, line(10, 1, 3, 3));
    star.build(3);
    assertThat(quarantined()).isEmpty();
    star.load(LINES, 4, broken(10, 3, 4));
    star.build(4);
    assertThat(quarantined()).containsExactly("4|1");
  }

  @Test
  void aBrokenLineStaysInTheQuarantineWhenItsOlderFactIsRepointed() {
    star.load(CUSTOMERS, 1, customer(1, "Ann", "Bonn", 1));
    star.load(ORDERS, 1, order(10, 1L, 3, "new", 1));
    star.load(LINES, 1, line(10, 1, 1, 1));
    star.build(1);
    star.load(LINES, 2, broken(10, 1, 2));
    star.build(2);
    assertThat(sales()).containsExactly("10|1|1|2.50|20261104|false|Bonn");
    star.load(CUSTOMERS, 3, customer(1, "Ann", "Kiel", 3));
    star.build(3);
    assertThat(sales()).containsExactly("10|1|1|2.50|20261104|false|Kiel");
    assertThat(quarantined()).containsExactly("2|1");
  }

  private static Object[] broken(long order, int number, int day) {
    return row(order, number, null, new BigDecimal("2.50"), noon(day));
  }

  /** Each pointer as load and row; the commit counts as many. */
  private List<String> quarantined() {
    List<String> pointers = star.rows("quarantine_sales", "true", "_load", "_row");
    Table state = star.tables.head().orElseThrow().tables().get("quarantine_sales");
    assertThat(state.rows()).isEqualTo(pointers.size());
    return pointers;
  }

  @Test
  void aValueThatTheWarehouseHasNoRoomForNeverBecomesTheHead() {
    star.load(CUSTOMERS, 1, customer(1, "Ann", "Bonn", 1));
    star.build(1);
    star.load(CUSTOMERS, 2, customer(1, "Ann", "Castrop-Rauxel", 2));
    star.room(
        (tables, extents) -> {
          long needed = extents.get("dim_customer").get("city").characters();
          assertThat(tables).extracting(TableShape::name).contains("dim_customer");
          throw new LoadException(ErrorCode.WIDTH_EXCEEDED, "needs " + needed);
        });
    assertThatThrownBy(() -> star.build(2)).hasMessage("needs 14");
    assertThat(star.tables.head().map(Commit::number)).contains(1L);
  }

  @Test
  void aFailedCheckLeavesTheHead() {
    star.load(CUSTOMERS, 1, customer(1, "Ann", "Bonn", 1));
    star.build(1);
    star.load(CUSTOMERS, 2, customer(1, "Ann", "Kiel", 2));
    star.check(
        (spark, tables, rows, before) ->
            StarVerdict.of(
                List.of(
                    new QualityResult(
                        "dim_customer",
                        "row_count: < 3",
                        QualityResult.Severity.ERROR,
                        rows.all("dim_customer").count() < 4,
                        "less than 4",
                        "4"))));
    assertThatThrownBy(() -> star.build(2))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUALITY_FAILED));
    assertThat(star.tables.head().map(Commit::number)).contains(1L);
    assertThat(versions()).hasSize(1);
  }

  @Test
  void aMassChangeStopsTheNight() {
    Object[][] many = new Object[50][];
    Object[][] moved = new Object[50][];
    for (int i = 0; i < 50; i++) {
      many[i] = customer(i, "N", "Bonn", 1);
      moved[i] = customer(i, "N", "Kiel", 2);
    }
    star.guards(new Guards(Optional.of(new BigDecimal("0.2")), Optional.empty()));
    star.load(CUSTOMERS, 1, many);
    star.build(1);
    star.load(CUSTOMERS, 2, moved);
    assertThatThrownBy(() -> star.build(2))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.GUARD_EXCEEDED));
  }

  @Test
  void aChangedModelIsBuiltAgainUnderTheSameKeys() {
    star.load(CUSTOMERS, 1, customer(1, "Ann", "Bonn", 1), customer(2, "Bob", "Ulm", 1));
    star.build(1);
    star.load(CUSTOMERS, 2, customer(1, "Anna", "Kiel", 2));
    star.build(2);
    List<String> keys =
        star.rows(
            "dim_customer", "customer_key > 0", "customer_key", "customer_id", "date(valid_from)");
    StarFixture other = star.with(folder, schema(List.of("city"), List.of("name")));
    BuildResult again = other.build(2);
    assertThat(again.committed()).isTrue();
    assertThat(
            other.rows(
                "dim_customer",
                "customer_key > 0",
                "customer_key",
                "customer_id",
                "date(valid_from)"))
        .isEqualTo(keys);
    assertThat(other.rows("dim_customer", "customer_id = 1", "version", "name", "city"))
        .containsExactly("1|Ann|Kiel", "2|Anna|Kiel");
  }

  @Test
  void untouchedMembersStayWhereVersionsAreManyAndObservationsFew() {
    star.load(CUSTOMERS, 1, customer(1, "Ann", "Bonn", 1), customer(2, "Ben", "Ulm", 1));
    star.build(1);
    star.smallRows(2); // two observations, but four versions with the special rows

    star.load(CUSTOMERS, 2, customer(1, "Ann", "Kiel", 2));
    star.build(2);

    assertThat(star.rows("dim_customer", "customer_key > 0", "customer_id", "city"))
        .containsExactlyInAnyOrder("1|Bonn", "1|Kiel", "2|Ulm");
  }

  @Test
  void everyDimensionHasItsTwoSpecialRowsFromTheStart() {
    star.load(CUSTOMERS, 1);
    star.build(1);
    assertThat(star.rows("dim_customer", "customer_key < 0", "customer_key", "name", "customer_id"))
        .containsExactly("-1|Unknown|-", "-2|Not applicable|-");
    assertThat(star.table("dim_date").count()).isEqualTo(365 + 2);
  }

  @Test
  void aDimensionWhoseEntityNeverCameHasItsDeclaredTypes() {
    star.declared(entity -> Map.of("customer_id", Simple.BIGINT, "city", Simple.DATE));
    star.load(ORDERS, 1, order(1, 7L, 1, "new", 1));
    star.load(LINES, 1, line(1, 1, 2, 1));
    star.build(1);
    star.build(2);

    assertThat(star.table("dim_customer").schema().apply("city").dataType())
        .isEqualTo(org.apache.spark.sql.types.DataTypes.DateType);
    assertThat(star.rows("dim_customer", "true", "customer_id", "name", "city", "is_inferred"))
        .containsExactlyInAnyOrder("-|Unknown|-|false", "-|Not applicable|-|false", "7|-|-|true");
  }
}
