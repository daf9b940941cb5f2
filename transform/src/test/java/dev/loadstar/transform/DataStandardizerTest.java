package dev.loadstar.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.lake.load.RecordFormat;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataStandardizerTest {
  @TempDir Path folder;

  /** Loads are transformed without Spark. */
  RawLake raw() {
    return new RawLake(folder);
  }

  private static Object[] row(Object... values) {
    return values;
  }

  private static EntityDeclaration declared(Map<String, ColumnType> types, String... key) {
    return new EntityDeclaration(List.of(key), types, Optional.empty(), Set.of());
  }

  @Test
  void textIsTrimmedNamedAndTypedAndEveryRejectionHasItsReason() {
    RawLake raw =
        raw()
            .column("Order ID", Simple.TEXT)
            .column("Qty", Simple.TEXT)
            .column("unitPrice", Simple.TEXT)
            .column("Paid", Simple.TEXT)
            .column("day", Simple.TEXT)
            .column("sold_at", Simple.TEXT);
    raw.load(
        RecordFormat.TEXT,
        row(" 1 ", "2", "1.50", "yes", "2026-02-28", "2026-02-28T10:00:00+01:00"),
        row("2", "", null, "", " ", ""),
        row("3", "2.0", "1", "no", null, null),
        row("4", "2", "1.005", "no", null, null),
        row("5", "99999999999", "1", "no", null, null),
        row("6", "1", "1", "maybe", null, null),
        row("7", "1", "1", "no", "2026-02-30", null),
        row("8", "1", "1", "no", null, "yesterday"),
        row("  ", "1", "1", "no", null, null),
        row(new RawLake.Malformed("broken \"line")),
        row("11", "1", "1e9", "no", null, null));
    ProcessedLoad load =
        raw.transform(
            declared(
                Map.of(
                    "order_id", Simple.BIGINT,
                    "qty", Simple.INT,
                    "unit_price", new ColumnType.Decimal(10, 2),
                    "paid", Simple.BOOLEAN,
                    "day", Simple.DATE,
                    "sold_at", Simple.TIMESTAMP),
                "order_id"));

    assertThat(raw.rows(load))
        .containsExactly(
            "1|2|1.5|true|2026-02-28|2026-02-28T09:00:00Z", "2|null|null|null|null|null");
    assertThat(raw.quarantine(load))
        .containsExactly(
            "3|not_a_number|qty",
            "4|too_precise|unit_price",
            "5|out_of_range|qty",
            "6|not_a_boolean|paid",
            "7|not_a_date|day",
            "8|not_a_timestamp|sold_at",
            "9|missing_key|order_id",
            "10|malformed_record|null",
            "11|out_of_range|unit_price");
    assertThat(load.quarantineReasons())
        .containsEntry("out_of_range", 2L)
        .containsEntry("malformed_record", 1L);
    assertThat(load.balance()).isEqualTo(new RowBalance(11, 0, 2, 0, 0, 0, 9, 0));
    assertThat(load.files()).hasSize(1);
  }

  @Test
  void jsonNumbersKeepEveryDigitAndNestedValuesStayJson() {
    RawLake raw =
        raw()
            .column("id", Simple.TEXT)
            .column("amount", Simple.TEXT)
            .column("tags", Simple.TEXT)
            .column("note", Simple.TEXT);
    raw.load(
        RecordFormat.JSON,
        row(
            "{\"id\": 9007199254740993, \"amount\": 0.1000000000000000055, \"tags\": [1,"
                + " {\"a\":2.50}]}"),
        row("{\"note\":\" \\u00e9 \", \"id\":\"2\",\"amount\":null,\"other\":{}}"),
        row("{\"id\":3"),
        row("[1]"),
        row("{\"id\":5} {}"));
    ProcessedLoad load =
        raw.transform(
            declared(Map.of("id", Simple.BIGINT, "amount", new ColumnType.Decimal(38, 20)), "id"));

    assertThat(raw.rows(load))
        .containsExactly(
            "9007199254740993|0.1000000000000000055|[1, {\"a\":2.50}]|null", "2|null|null|é");
    assertThat(load.quarantineReasons()).isEqualTo(Map.of("invalid_json", 3L));
  }

  @Test
  void wallClockReadingsGetTheZoneOfTheirLoad() {
    RawLake raw =
        raw()
            .zone("Europe/Berlin")
            .column("id", Simple.INT)
            .column("at", Simple.LOCAL_TIMESTAMP)
            .column("instant", Simple.TIMESTAMP)
            .column("text", Simple.TEXT);
    long summer = micros("2026-07-01T12:00:00.123456");
    long skipped = micros("2026-03-29T02:30:00");
    long twice = micros("2026-10-25T02:30:00");
    raw.load(
        RecordFormat.TYPED,
        row(1, summer, summer, "2026-07-01 12:00"),
        row(2, skipped, null, "2026-03-29T02:30:00"),
        row(3, twice, null, "2026-10-25T02:30:00Z"));
    ProcessedLoad load = raw.transform(declared(Map.of("text", Simple.TIMESTAMP)));

    assertThat(load.columns()).contains(new Column("at", Simple.TIMESTAMP));
    assertThat(raw.rows(load))
        .containsExactly(
            "1|2026-07-01T10:00:00.123456Z|2026-07-01T12:00:00.123456Z|2026-07-01T10:00:00Z",
            "2|2026-03-29T01:30:00Z|null|2026-03-29T01:30:00Z",
            "3|2026-10-25T00:30:00Z|null|2026-10-25T02:30:00Z");
  }

  private static long micros(String wallClock) {
    LocalDateTime time = LocalDateTime.parse(wallClock);
    return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000L + time.getNano() / 1000;
  }

  @Test
  void typedValuesPassAtTheirEdgesAndRealBecomesItsShortestDecimal() {
    RawLake raw =
        raw()
            .column("flag", Simple.BOOLEAN)
            .column("big", Simple.BIGINT)
            .column("exact", new ColumnType.Decimal(38, 10))
            .column("price", Simple.FLOAT)
            .column("rate", Simple.DOUBLE)
            .column("old", Simple.DATE)
            .column("bytes", Simple.BINARY)
            .column("never", Simple.TEXT);
    raw.load(
        RecordFormat.TYPED,
        row(
            true,
            Long.MIN_VALUE,
            new BigDecimal("9999999999999999999999999999.9999999999"),
            14.4f,
            0.1d,
            -354285,
            new byte[] {1, (byte) 0xff},
            null));
    ProcessedLoad load = raw.transform(declared(Map.of("price", new ColumnType.Decimal(10, 4))));

    assertThat(raw.rows(load))
        .containsExactly(
            "true|-9223372036854775808|9999999999999999999999999999.9999999999|14.4|0.1|1000-01-01|01ff|null");
  }

  @Test
  void whatNoWarehouseHoldsIsQuarantinedWithItsColumn() {
    RawLake raw =
        raw()
            .zone("Pacific/Pago_Pago")
            .column("id", Simple.INT)
            .column("rate", Simple.DOUBLE)
            .column("day", Simple.DATE)
            .column("at", Simple.TIMESTAMP)
            .column("clock", Simple.LOCAL_TIMESTAMP)
            .column("note", Simple.TEXT);
    raw.load(
        RecordFormat.TYPED,
        row(1, 0.5d, null, null, micros("9999-12-31T12:59:59.999999"), "fits"),
        row(2, Double.NaN, null, null, null, null),
        row(3, null, Integer.MAX_VALUE, null, null, null),
        row(4, null, null, Long.MIN_VALUE, null, null),
        row(5, null, null, null, Long.MAX_VALUE, null),
        row(6, null, null, null, micros("9999-12-31T13:00:00"), null),
        row(7, null, null, null, null, "a\0b"),
        row(8, null, -719529, null, null, null));
    ProcessedLoad load = raw.transform(RawLake.nothingDeclared());

    assertThat(raw.rows(load)).containsExactly("1|0.5|null|null|9999-12-31T23:59:59.999999Z|fits");
    assertThat(raw.quarantine(load))
        .containsExactly(
            "2|not_a_number|rate",
            "3|out_of_range|day",
            "4|out_of_range|at",
            "5|out_of_range|clock",
            "6|out_of_range|clock",
            "7|invalid_character|note",
            "8|out_of_range|day");
  }

  @Test
  void anEscapeOfJsonMayHideACharacterThatNoWarehouseHolds() {
    RawLake raw = raw().column("id", Simple.TEXT).column("note", Simple.TEXT);
    raw.load(
        RecordFormat.JSON,
        row("{\"id\":1,\"note\":\"\\ud83d\\ude00\"}"),
        row("{\"id\":2,\"note\":\"a\\u0000\"}"),
        row("{\"id\":3,\"note\":\"\\ud83d\"}"),
        row("{\"id\":4,\"note\":{\"kept\":\"as \\u0000 text\"}}"));
    ProcessedLoad load = raw.transform(RawLake.nothingDeclared());

    assertThat(raw.rows(load))
        .containsExactly("1|\uD83D\uDE00", "4|{\"kept\":\"as \\u0000 text\"}");
    assertThat(raw.quarantine(load))
        .containsExactly("2|invalid_character|note", "3|invalid_character|note");
  }

  @Test
  void sameKeyAndChangeTimeKeepTheLastAndOtherTimesAreOtherObservations() {
    RawLake raw =
        raw()
            .key("ID")
            .cursor("Updated At")
            .column("ID", Simple.INT)
            .column("Updated At", Simple.TIMESTAMP)
            .column("status", Simple.TEXT);
    raw.load(
        RecordFormat.TYPED,
        row(1, 1_000_000L, "new"),
        row(1, 1_000_000L, "paid"),
        row(1, 2_000_000L, "shipped"),
        row(2, null, "a"),
        row(2, null, "b"),
        row(null, null, "lost"));
    ProcessedLoad load = raw.transform(RawLake.nothingDeclared());

    assertThat(raw.rows(load))
        .containsExactly(
            "1|1970-01-01T00:00:01Z|paid", "1|1970-01-01T00:00:02Z|shipped", "2|null|b");
    assertThat(load.balance()).isEqualTo(new RowBalance(6, 0, 3, 0, 2, 0, 1, 0));
    assertThat(load.key()).containsExactly("id");
    assertThat(load.cursor()).contains("updated_at");
  }

  @Test
  void withoutAKeyEveryRowPasses() {
    RawLake raw = raw().column("a", Simple.INT);
    raw.load(RecordFormat.TYPED, row(1), row(1));

    assertThat(raw.rows(raw.transform(RawLake.nothingDeclared()))).containsExactly("1", "1");
  }

  @Test
  void pendingLoadsAreProcessedInOrderAndAgainChangesNothing() {
    RawLake raw = raw().column("a", Simple.INT);
    raw.load(RecordFormat.TYPED, row(1));
    raw.load(RecordFormat.TYPED);
    raw.load(RecordFormat.TYPED, row(3));

    assertThat(raw.transform(RawLake.nothingDeclared(), Optional.empty()))
        .extracting(ProcessedLoad::number)
        .containsExactly(1L, 2L, 3L);
    assertThat(raw.transform(RawLake.nothingDeclared(), Optional.empty())).isEmpty();
    ProcessedLoad empty = raw.lake.processed().after(RawLake.ORDERS, 1).get(0);
    assertThat(empty.files()).isEmpty();
    assertThat(empty.columns()).containsExactly(new Column("a", Simple.INT));
  }

  @Test
  void aNightWithoutFilesAsksForNoColumns() {
    RawLake raw = raw();
    raw.load(RecordFormat.TEXT);

    List<ProcessedLoad> loads =
        raw.transform(
            new EntityDeclaration(
                List.of("id"), Map.of("n", Simple.INT), Optional.of("changed_at"), Set.of()),
            Optional.empty());

    assertThat(loads).hasSize(1);
    assertThat(loads.get(0).files()).isEmpty();
    assertThat(loads.get(0).key()).containsExactly("id");
  }

  @Test
  void aRunThatIsOvertakenGoesOnWithTheOthersWork() {
    RawLake raw = raw().column("a", Simple.INT);
    raw.load(RecordFormat.TYPED, row(1));
    raw.load(RecordFormat.TYPED, row(2));
    boolean[] first = {true};

    List<ProcessedLoad> claimed =
        raw.transform(
            entity -> {
              if (first[0]) { // the other run claims the first load before this one does
                first[0] = false;
                raw.transform(RawLake.nothingDeclared(), Optional.empty());
              }
              return RawLake.nothingDeclared();
            });

    assertThat(claimed).isEmpty();
    assertThat(raw.lake.processed().after(RawLake.ORDERS, 0)).hasSize(2);
  }

  @Test
  void tooManyRejectedRowsClaimNothing() {
    RawLake raw = raw().column("a", Simple.TEXT);
    raw.load(RecordFormat.TEXT, row("1"), row("x-marks-the-spot"));
    EntityDeclaration numbers = declared(Map.of("a", Simple.INT));

    assertThatThrownBy(() -> raw.transform(numbers, Optional.of(new BigDecimal("0.49"))))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("1 of 2 rows were rejected, expected at most 49%")
        .hasMessageNotContaining("spot");
    assertThat(raw.lake.processed().latest(RawLake.ORDERS)).isEmpty();
    assertThat(raw.transform(numbers, Optional.of(new BigDecimal("0.5")))).hasSize(1);
  }

  @Test
  void twoColumnsOfOneNameAreNamedBoth() {
    RawLake raw = raw().column("a b", Simple.INT).column("a_b", Simple.INT);
    raw.load(RecordFormat.TYPED, row(1, 2));

    assertThatThrownBy(() -> raw.transform(RawLake.nothingDeclared()))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("\"a b\" and \"a_b\" would both be a_b");
  }

  @Test
  void withheldColumnsAreReportedAndDigestsStandBesideTheRest() {
    RawLake raw =
        raw().column("2nd", Simple.INT).column("secret", Simple.TEXT).column("reason", Simple.TEXT);
    raw.load(RecordFormat.TYPED, row(1, "s", null));
    ProcessedLoad load =
        raw.transform(
            new EntityDeclaration(
                List.of(), Map.of(), Optional.empty(), Set.of("reason", "secret", "none")));

    assertThat(load.withheld()).containsExactly("secret");
    assertThat(load.digests()).containsExactly("reason");
    assertThat(load.columns())
        .containsExactly(new Column("_2nd", Simple.INT), new Column("reason", Simple.TEXT));
    assertThat(raw.rows(load)).containsExactly("1|null");
  }

  @Test
  void aDeclaredColumnThatTheLoadLacksIsNull() {
    RawLake raw = raw().column("id", Simple.TEXT);
    raw.load(RecordFormat.JSON, row("{\"id\":\"1\"}"));
    ProcessedLoad load = raw.transform(declared(Map.of("opened_on", Simple.DATE)));

    assertThat(load.columns()).contains(new Column("opened_on", Simple.DATE));
    assertThat(raw.rows(load)).containsExactly("1|null");
  }

  @Test
  void aMissingKeyColumnIsAClearError() {
    RawLake raw = raw().column("id", Simple.INT);
    raw.load(RecordFormat.TYPED, row(1));

    assertThatThrownBy(() -> raw.transform(declared(Map.of(), "order_id")))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("its key column \"order_id\" is not in the load");
  }
}
