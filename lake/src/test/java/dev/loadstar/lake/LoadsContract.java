package dev.loadstar.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.load.DataFile;
import dev.loadstar.lake.load.LeftOut;
import dev.loadstar.lake.load.LoadFiles;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.lake.load.RawLoad;
import dev.loadstar.lake.load.RecordFormat;
import dev.loadstar.lake.load.SetAside;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every lake does with loads, whatever it lies on. */
abstract class LoadsContract {
  static final EntityName ORDERS = new EntityName("shop", "orders");
  static final LocalDate DAY = LocalDate.of(2026, 3, 1);
  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");

  /** A lake where nothing is yet. */
  abstract Lake freshLake();

  /** The same lake through eyes of its own, as another process has them. */
  abstract Lake another(Lake lake);

  @Test
  void rawLoadsComeBackAsTheyWereClaimed() {
    Lake lake = freshLake();
    RawLoad load = raw(1, DAY, DAY);
    lake.raw().claim(load);
    assertThat(another(lake).raw().latest(ORDERS)).contains(load);
    assertThat(another(lake).raw().entities()).containsExactly(ORDERS);
    assertThat(lake.processed().entities()).isEmpty();
    assertThat(text(lake, "raw/_loads/shop.orders/000001.json"))
        .contains("\"format_version\" : 2", "\"business_date\" : \"2026-03-01\"", "decimal(18,2)");
  }

  @Test
  void processedLoadsComeBackAsTheyWereClaimed() {
    Lake lake = freshLake();
    ProcessedLoad load =
        new ProcessedLoad(
            ORDERS,
            1,
            DAY,
            DAY,
            "a",
            LoadFiles.of(new DataFile("processed/x.parquet", 2, 100)),
            LoadFiles.of(new DataFile("processed/q.parquet", 1, 50)),
            List.of(new Column("order_id", Simple.BIGINT)),
            List.of("order_id"),
            Optional.empty(),
            List.of("order_id"),
            List.of("note"),
            Map.of("not_a_number", 1L),
            "fingerprint",
            new RowBalance(3, 0, 2, 0, 0, 0, 1, 0),
            Instant.parse("2026-03-02T01:00:00.123456Z"));
    lake.processed().claim(load);
    assertThat(another(lake).processed().latest(ORDERS)).contains(load);
  }

  @Test
  void aLoadIsFoundByItsDateAndTheNewestOfADateCounts() {
    Lake lake = freshLake();
    lake.raw().claim(raw(1, DAY, DAY));
    lake.raw().claim(raw(2, DAY.plusDays(2), DAY.plusDays(2)));
    lake.raw().claim(raw(3, DAY, DAY.plusDays(2)));
    Lake other = another(lake);
    assertThat(other.raw().find(ORDERS, DAY)).contains(raw(3, DAY, DAY.plusDays(2)));
    assertThat(other.raw().find(ORDERS, DAY.plusDays(2)).orElseThrow().number()).isEqualTo(2);
    assertThat(other.raw().find(ORDERS, DAY.plusDays(1))).isEmpty();
    assertThat(other.raw().find(ORDERS, DAY.plusDays(3))).isEmpty();
    assertThat(other.raw().find(ORDERS, DAY.minusDays(1))).isEmpty();
    assertThat(other.raw().after(ORDERS, 1)).extracting(RawLoad::number).containsExactly(2L, 3L);
    assertThat(other.raw().after(ORDERS, 3)).isEmpty();
  }

  @Test
  void everyLoadOfADateIsFoundInTheOrderOfArrival() {
    Lake lake = freshLake();
    lake.raw().claim(raw(1, DAY, DAY));
    lake.raw().claim(raw(2, DAY.plusDays(2), DAY.plusDays(2)));
    lake.raw().claim(raw(3, DAY, DAY.plusDays(2)));
    lake.raw().claim(raw(4, DAY.plusDays(3), DAY.plusDays(3)));
    Lake other = another(lake);
    assertThat(other.raw().of(ORDERS, DAY)).extracting(RawLoad::number).containsExactly(1L, 3L);
    assertThat(other.raw().of(ORDERS, DAY.plusDays(3)))
        .extracting(RawLoad::number)
        .containsExactly(4L);
    assertThat(other.raw().of(ORDERS, DAY.plusDays(1))).isEmpty();
    assertThat(other.raw().find(ORDERS, 2)).contains(raw(2, DAY.plusDays(2), DAY.plusDays(2)));
    assertThat(other.raw().find(ORDERS, 5)).isEmpty();
  }

  @Test
  void aLoadSaysWhatItWentOnFrom() {
    Lake lake = freshLake();
    lake.raw().claim(raw(1, DAY, DAY));
    RawLoad like = raw(2, DAY, DAY);
    RawLoad again =
        new RawLoad(
            like.entity(),
            2,
            DAY,
            DAY,
            "again",
            like.format(),
            like.files(),
            like.columns(),
            like.key(),
            like.cursor(),
            like.timezone(),
            Optional.of(0L),
            like.bookmark(),
            like.balance(),
            like.createdAt());
    lake.raw().claim(again);
    assertThat(another(lake).raw().latest(ORDERS)).contains(again);
    assertThat(again.wentOnFrom()).isZero();
    String path = "raw/_loads/shop.orders/000002.json";
    String older = text(lake, path).replaceAll("\\s*\"since\" : 0,", "");
    assertThat(older).doesNotContain("since");
    lake.files().write(path, older.getBytes(StandardCharsets.UTF_8));
    assertThat(another(lake).raw().latest(ORDERS).orElseThrow().wentOnFrom()).isEqualTo(1);
  }

  @Test
  void aLoadIsSetAsideOnceAndKeepsItsFirstReason() {
    Lake lake = freshLake();
    lake.raw().claim(raw(1, DAY, DAY));
    assertThat(lake.setAsides().of(ORDERS)).isEmpty();
    SetAside first = new SetAside(ORDERS, 1, "the file had no header", NOW);
    assertThat(lake.setAsides().add(first)).isEqualTo(first);

    Lake other = another(lake);
    SetAside second = new SetAside(ORDERS, 1, "another reason", NOW.plusSeconds(1));
    assertThat(other.setAsides().add(second)).isEqualTo(first);
    assertThat(other.setAsides().of(ORDERS)).containsExactly(first);
    assertThat(other.setAsides().find(ORDERS, 1)).contains(first);
    assertThat(other.setAsides().find(ORDERS, 2)).isEmpty();
    assertThat(other.raw().latest(ORDERS)).contains(raw(1, DAY, DAY));
  }

  @Test
  void whatProcessedSaysOfALoadDecides() {
    Lake lake = freshLake();
    SetAside first = new SetAside(ORDERS, 1, "in a hurry", NOW);
    SetAside second = new SetAside(ORDERS, 2, "wrong file", NOW);
    lake.setAsides().add(first);
    lake.setAsides().add(second);
    lake.processed().claim(processed(1, Optional.empty()));
    ProcessedLoad without =
        processed(2, Optional.of(new LeftOut(Optional.empty(), second.reason())));
    lake.processed().claim(without);
    Lake other = another(lake);
    assertThat(other.setAsides().of(ORDERS)).containsExactly(second);
    assertThat(other.setAsides().find(ORDERS, 1)).isEmpty();
    assertThat(other.processed().find(ORDERS, 2)).contains(without);
  }

  @Test
  void aProcessedLoadOfAnEarlierReleaseIsNotLeftOut() {
    Lake lake = freshLake();
    lake.processed().claim(processed(1, Optional.empty()));
    String path = "processed/_loads/shop.orders/000001.json";
    String older = text(lake, path).replaceAll("\\s*\"left_out\" : null,", "");
    assertThat(older).doesNotContain("left_out");
    lake.files().write(path, older.getBytes(StandardCharsets.UTF_8));
    assertThat(another(lake).processed().latest(ORDERS).orElseThrow().leftOut()).isEmpty();
  }

  private static ProcessedLoad processed(long number, Optional<LeftOut> leftOut) {
    return new ProcessedLoad(
        ORDERS,
        number,
        DAY,
        DAY,
        "a",
        LoadFiles.NONE,
        LoadFiles.NONE,
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        "",
        leftOut,
        RowBalance.ZERO,
        NOW);
  }

  static RawLoad raw(long number, LocalDate date, LocalDate latest) {
    return new RawLoad(
        ORDERS,
        number,
        date,
        latest,
        "attempt" + number,
        RecordFormat.TYPED,
        LoadFiles.of(new DataFile("raw/a.parquet", 10, 1000)),
        List.of(
            new Column("OrderID", Simple.INT), new Column("Total", new ColumnType.Decimal(18, 2))),
        List.of("OrderID"),
        Optional.of("UpdatedAt"),
        "Europe/Berlin",
        Map.of("cursor", "2026-03-01T22:00:00Z"),
        RowBalance.allPassed(10),
        Instant.parse("2026-03-02T01:00:00.5Z"));
  }

  static String text(Lake lake, String path) {
    return new String(lake.files().read(path).orElseThrow(), StandardCharsets.UTF_8);
  }
}
