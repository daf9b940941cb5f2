package dev.loadstar.starschema.builder;

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
import dev.loadstar.starschema.model.FactFeedModel;
import dev.loadstar.starschema.model.FactModel;
import dev.loadstar.starschema.model.FactModel.Measure;
import dev.loadstar.starschema.model.StarSchema;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that do not fit the type that a fact has for them. */
class FactCastTest {
  private static final Decimal MONEY = new Decimal(10, 2);

  @TempDir Path folder;

  /** Tickets with a number of their own and one value {@code v}. */
  private static StarFixture.Entity tickets(ColumnType value) {
    return StarFixture.Entity.of(
        "shop.tickets",
        "ticket",
        null,
        "ticket",
        Simple.INT,
        "v",
        value,
        "w",
        Simple.INT,
        "at",
        Simple.TIMESTAMP);
  }

  private static FactModel fact(
      Map<String, ColumnType> grain,
      List<Measure> measures,
      Map<String, ColumnType> attributes,
      Map<String, String> columns) {
    return new FactModel(
        "tickets",
        grain,
        "at",
        Map.of(),
        measures,
        attributes,
        List.of(
            new FactFeedModel(
                tickets(Simple.TEXT).name(),
                Optional.empty(),
                Map.of(),
                columns,
                Optional.empty())));
  }

  private StarFixture star(FactModel fact) {
    return new StarFixture(folder, new StarSchema(List.of(), List.of(), List.of(fact)));
  }

  /** An attribute {@code seen} of a type, made of values of another by an expression. */
  private StarFixture seen(ColumnType from, ColumnType to, String sql, Object... values) {
    StarFixture star =
        star(
            fact(Map.of("ticket", Simple.INT), List.of(), Map.of("seen", to), Map.of("seen", sql)));
    List<Object[]> rows = new ArrayList<>();
    for (Object value : values) {
      rows.add(row(rows.size() + 1, value, 0, noon(1)));
    }
    star.load(tickets(from), 1, rows.toArray(Object[][]::new));
    star.build(1);
    return star;
  }

  private static List<String> kept(StarFixture star) {
    return star.rows("fact_tickets", "true", "ticket", "seen");
  }

  private static List<String> rejected(StarFixture star) {
    return star.rows("quarantine_tickets", "true", "_row", "reason", "column_name");
  }

  @Test
  void aWholeMeasureTakesNoCents() {
    StarFixture star =
        star(
            fact(
                Map.of("ticket", Simple.INT),
                List.of(new Measure("v", Simple.INT, Optional.empty())),
                Map.of(),
                Map.of()));
    star.load(
        tickets(MONEY),
        1,
        row(1, new BigDecimal("3.00"), 0, noon(1)),
        row(2, new BigDecimal("3.99"), 0, noon(1)));
    BuildResult result = star.build(1);
    assertThat(star.rows("fact_tickets", "true", "ticket", "v")).containsExactly("1|3");
    assertThat(rejected(star)).containsExactly("2|unfit_measure|v");
    assertThat(result.findings())
        .containsExactly("fact_tickets: 1 lines rejected, unfit_measure v");
  }

  @Test
  void aGrainKeepsItsUpperHalf() {
    StarFixture star = star(fact(Map.of("v", Simple.INT), List.of(), Map.of(), Map.of()));
    star.load(
        tickets(Simple.BIGINT), 1, row(1, 4_294_967_297L, 0, noon(1)), row(2, 1L, 0, noon(1)));
    star.build(1);
    assertThat(star.rows("fact_tickets", "true", "v")).containsExactly("1");
    assertThat(rejected(star)).containsExactly("1|unfit_grain|v");
  }

  @Test
  void aProductRoundsOnlyWhereItSaysSo() {
    Decimal fine = new Decimal(19, 4);
    Object[] values = {new BigDecimal("0.5000"), new BigDecimal("0.0001")};
    assertThat(kept(seen(fine, fine, "v * v", values))).containsExactly("1|0.2500");
    assertThat(rejected(star(fact(Map.of(), List.of(), Map.of(), Map.of()))))
        .containsExactly("2|unfit_attribute|seen");
  }

  @Test
  void aRoundedProductFits() {
    Decimal fine = new Decimal(19, 4);
    StarFixture star = seen(fine, fine, "round(v * v, 4)", new BigDecimal("0.0001"));
    assertThat(kept(star)).containsExactly("1|0.0000");
  }

  @Test
  void floatingPointIsItsShortestText() {
    StarFixture star =
        seen(
            Simple.DOUBLE,
            new Decimal(19, 4),
            "v",
            0.1,
            19.99,
            0.123456,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            1e14,
            1e30,
            null);
    assertThat(kept(star))
        .containsExactly("1|0.1000", "2|19.9900", "6|100000000000000.0000", "8|-");
    assertThat(rejected(star))
        .extracting(line -> line.substring(0, 1))
        .containsExactly("3", "4", "5", "7");
  }

  @Test
  void whatIsNoNumberIsHeldByNoEngine() {
    StarFixture star = seen(Simple.DOUBLE, Simple.DOUBLE, "v", 1.5, Double.NaN, -1.0 / 0);
    assertThat(kept(star)).containsExactly("1|1.5");
    assertThat(rejected(star)).hasSize(2);
  }

  @Test
  void textIsANumberOnlyWhereItIsThatNumber() {
    StarFixture star =
        seen(Simple.TEXT, Simple.INT, "v", "7", " 8 ", "9.00", "9.5", "4294967297", "x", "");
    assertThat(kept(star)).containsExactly("1|7", "2|8", "3|9");
    assertThat(rejected(star)).hasSize(4);
  }

  @Test
  void textIsADecimalWithAllItsDigits() {
    StarFixture star =
        seen(Simple.TEXT, MONEY, "v", "7", "-7.25", ".5", "7.250", "7.255", "1e2", "1,5");
    assertThat(kept(star)).containsExactly("1|7.00", "2|-7.25", "3|0.50", "4|7.25");
    assertThat(rejected(star)).hasSize(3);
  }

  @Test
  void textIsADateOnlyWhereItIsThatDay() {
    StarFixture star =
        seen(Simple.TEXT, Simple.DATE, "v", "2026-11-02", "2026", "2026-11-02 10:00", "0999-12-31");
    assertThat(kept(star)).containsExactly("1|2026-11-02");
    assertThat(rejected(star)).hasSize(3);
  }

  @Test
  void textIsATimeOnlyWithItsDay() {
    StarFixture star =
        seen(
            Simple.TEXT,
            Simple.TIMESTAMP,
            "v",
            "2026-11-02 10:00:00",
            "2026-11-02T10:00:00Z",
            "10:00:00",
            "0999-12-31 10:00:00");
    assertThat(kept(star)).containsExactly("1|2026-11-02 10:00:00", "2|2026-11-02 10:00:00");
    assertThat(rejected(star)).hasSize(2);
  }

  @Test
  void textWithoutEndInAnEngineIsRejected() {
    StarFixture star = seen(Simple.TEXT, Simple.TEXT, "v", "tea", "te\0a");
    assertThat(kept(star)).containsExactly("1|tea");
  }

  @Test
  void aTimeLosesNoHours() {
    StarFixture star = seen(Simple.TIMESTAMP, Simple.DATE, "v", noon(1), noon(1) - 43_200_000_000L);
    assertThat(kept(star)).containsExactly("2|2026-11-02");
    assertThat(kept(seen(Simple.TIMESTAMP, Simple.DATE, "date(v)", noon(1)))).hasSize(2);
  }

  @Test
  void whatCannotBeComputedIsToldFromWhatIsNotThere() {
    StarFixture star = seen(Simple.INT, new Decimal(19, 4), "round(6 / v, 4)", 4, 0, null);
    assertThat(kept(star)).containsExactly("1|1.5000", "3|-");
    assertThat(rejected(star)).containsExactly("2|unfit_attribute|seen");
  }

  @Test
  void aDivisionThatIsGuardedIsMeant() {
    String guarded = "CASE WHEN v <> 0 THEN round(6 / v, 4) END";
    assertThat(kept(seen(Simple.INT, new Decimal(19, 4), guarded, 4, 0)))
        .containsExactly("1|1.5000", "2|-");
    assertThat(kept(seen(Simple.INT, new Decimal(19, 4), "try_divide(6, v)", 4, 0)))
        .containsExactly("1|1.5000", "2|-");
  }

  @Test
  void aNumberDoesNotWrapAround() {
    String[] ways = {"v * v", "v + 2147483647", "CAST(v * 1L * v AS int)", "int(v * 1L * v)"};
    for (String sql : ways) {
      StarFixture star = seen(Simple.INT, Simple.BIGINT, sql, 65_537);
      assertThat(kept(star)).as(sql).isEmpty();
      assertThat(rejected(star)).as(sql).contains("1|unfit_attribute|seen");
    }
  }

  @Test
  void aTypeThatNoValueCanHaveIsAMistake() {
    assertThatThrownBy(() -> seen(Simple.TIMESTAMP, Simple.INT, "date(v)", noon(1)))
        .isInstanceOfSatisfying(
            LoadException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID))
        .hasMessageContaining("seen is date, expected what can be int");
  }

  @Test
  void moreRejectedFactsThanTheGuardAllowsStopTheNight() {
    StarFixture star =
        star(
            fact(
                Map.of("ticket", Simple.INT),
                List.of(new Measure("w", Simple.INT, Optional.empty())),
                Map.of(),
                Map.of()));
    Object[][] rows = new Object[100][];
    for (int i = 0; i < 100; i++) {
      rows[i] = row(i, "x", i < 30 ? null : i, noon(1));
    }
    star.load(tickets(Simple.TEXT), 1, rows);
    star.guards(
        new Guards(Optional.empty(), Optional.empty(), Optional.of(new BigDecimal("0.29"))));
    assertThatThrownBy(() -> star.build(1))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.GUARD_EXCEEDED))
        .hasMessageContaining("30 of 100 lines are rejected (missing_measure w)");
    star.guards(new Guards(Optional.empty(), Optional.empty(), Optional.of(new BigDecimal("0.3"))));
    assertThat(star.build(1).committed()).isTrue();
  }
}
