package dev.loadstar.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.load.LeftOut;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.lake.load.RecordFormat;
import dev.loadstar.lake.load.SetAside;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A load that is refused, and the ways past it. */
class RefusedLoadTest {
  private static final EntityDeclaration NUMBERS =
      new EntityDeclaration(List.of("a"), Map.of("a", Simple.INT), Optional.empty(), Set.of());
  private static final EntityDeclaration KEYED =
      new EntityDeclaration(List.of("a"), Map.of(), Optional.empty(), Set.of());
  private static final Optional<BigDecimal> HALF = Optional.of(new BigDecimal("0.5"));
  private static final String DAY = "2026-11-20";
  private static final String NEXT_DAY = "2026-11-21";

  @TempDir Path folder;

  private static Object[] row(Object... values) {
    return values;
  }

  private RawLake numbers() {
    return new RawLake(folder).column("a", Simple.TEXT);
  }

  private static List<ProcessedLoad> processed(RawLake raw) {
    return raw.lake.processed().after(RawLake.ORDERS, 0);
  }

  private static Withdrawal withdrawal(RawLake raw) {
    return new Withdrawal(raw.lake, Clock.fixed(RawLake.NOW, ZoneOffset.UTC), entity -> NUMBERS);
  }

  @Test
  void aLoadTakenAgainSupersedesTheOneThatWasRefused() {
    RawLake raw = numbers();
    raw.date(DAY).load(RecordFormat.TEXT, row("1"), row("x"), row("y"));
    raw.date(NEXT_DAY).load(RecordFormat.TEXT, row("4"));
    raw.date(DAY).load(RecordFormat.TEXT, row("1"), row("2"), row("3"));

    List<ProcessedLoad> loads = raw.transform(NUMBERS, HALF);

    assertThat(loads).extracting(ProcessedLoad::number).containsExactly(1L, 2L, 3L);
    ProcessedLoad refused = loads.get(0);
    assertThat(refused.files()).isEmpty();
    assertThat(refused.balance()).isEqualTo(new RowBalance(3, 0, 0, 0, 0, 3, 0, 0));
    assertThat(refused.balance().balanced()).isTrue();
    LeftOut why = refused.leftOut().orElseThrow();
    assertThat(why.supersededBy()).contains(3L);
    assertThat(why.reason()).contains("2 of 3 rows were rejected").doesNotContain("loadstar");
    assertThat(refused.key()).containsExactly("a");
    assertThat(refused.columns()).containsExactly(new Column("a", Simple.INT));
    assertThat(raw.rows(loads.get(1))).containsExactly("4");
    assertThat(raw.rows(loads.get(2))).containsExactly("1", "2", "3");
    assertThat(raw.transform(NUMBERS, HALF)).isEmpty();
  }

  @Test
  void aLoadWithoutItsKeyColumnIsSupersededToo() {
    RawLake headless = new RawLake(folder).column("1", Simple.TEXT);
    headless.date(DAY).load(RecordFormat.TEXT, row("2"));
    RawLake raw = headless.only("a", Simple.TEXT);
    raw.load(RecordFormat.TEXT, row("1"), row("2"));

    assertThat(raw.transform(KEYED, HALF)).hasSize(2);
    assertThat(processed(raw).get(0).leftOut().orElseThrow().reason())
        .contains("its key column \"a\" is not in the load");
    assertThat(raw.rows(processed(raw).get(1))).containsExactly("1", "2");
  }

  @Test
  void aLoadThatIsAcceptedStandsBesideTheOneThatWasTakenAgain() {
    RawLake raw = numbers();
    raw.date(DAY).load(RecordFormat.TEXT, row("1"));
    raw.load(RecordFormat.TEXT, row("2"));

    assertThat(raw.transform(NUMBERS, HALF)).allMatch(load -> load.leftOut().isEmpty());
    assertThat(raw.rows(processed(raw).get(0))).containsExactly("1");
  }

  @Test
  void ofSeveralTakenAgainTheFirstThatIsAcceptedStandsForThoseBefore() {
    RawLake raw = numbers();
    raw.date(DAY).load(RecordFormat.TEXT, row("x"));
    raw.load(RecordFormat.TEXT, row("y"));
    raw.load(RecordFormat.TEXT, row("3"));

    assertThat(raw.transform(NUMBERS, HALF))
        .extracting(load -> load.leftOut().flatMap(LeftOut::supersededBy).orElse(0L))
        .containsExactly(3L, 3L, 0L);
  }

  @Test
  void aRefusedLoadOfAnotherDateStandsInTheWayAndSaysTheWaysOut() {
    RawLake raw = numbers();
    raw.date(DAY).load(RecordFormat.TEXT, row("marker-x"));
    raw.date(NEXT_DAY).load(RecordFormat.TEXT, row("2"));

    assertThatThrownBy(() -> raw.transform(NUMBERS, HALF))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.GUARD_EXCEEDED))
        .hasMessageContaining("1 later one of shop.orders waits for it")
        .hasMessageContaining(
            "loadstar ingest --date 2026-11-20 --select shop.orders --again --as-is")
        .hasMessageContaining("loadstar set-aside shop.orders --load 1 --reason")
        .hasMessageNotContaining("marker");
    assertThat(processed(raw)).isEmpty();
  }

  @Test
  void whatIsTakenAgainAndRefusedAsWellSupersedesNothing() {
    RawLake raw = numbers();
    raw.date(DAY).load(RecordFormat.TEXT, row("x"));
    raw.load(RecordFormat.TEXT, row("y"));

    assertThatThrownBy(() -> raw.transform(NUMBERS, HALF)).hasMessageContaining("Load 1 of ");
    assertThat(processed(raw)).isEmpty();
    assertThat(raw.transform(NUMBERS, Optional.empty()))
        .as("a guard that is raised lets both pass")
        .allMatch(load -> load.leftOut().isEmpty());
  }

  @Test
  void aFailureThatIsNotTheLoadsSupersedesNothing() {
    RawLake raw = numbers();
    raw.date(DAY).load(RecordFormat.TEXT, row("1"));
    raw.load(RecordFormat.TEXT, row("2"));
    boolean[] first = {true};
    MaskingPass refusedAtTheVault =
        (entity, columns, key, digests, date) -> {
          if (first[0]) {
            first[0] = false;
            throw new LoadException(ErrorCode.CREDENTIALS_REFUSED, "Cannot reach the vault.");
          }
          return new OpenMasking().plan(entity, columns, key, digests, date);
        };

    assertThatThrownBy(
            () ->
                raw.standardizer(entity -> NUMBERS, HALF, refusedAtTheVault)
                    .transform(RawLake.ORDERS))
        .isInstanceOfSatisfying(
            LoadException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CREDENTIALS_REFUSED));
    assertThat(processed(raw)).isEmpty();
  }

  @Test
  void anEmptyLoadAfterARefusedOneIsNotRefusedForItsColumns() {
    RawLake headless = new RawLake(folder).column("1", Simple.TEXT);
    headless.date(DAY).load(RecordFormat.TEXT, row("2"));
    headless.date(NEXT_DAY).load(RecordFormat.TEXT);
    withdrawal(headless).setAside(RawLake.ORDERS, 1, "no header");

    assertThat(headless.transform(KEYED, HALF)).hasSize(1);
    assertThat(processed(headless).get(1).leftOut()).isEmpty();
    assertThat(processed(headless).get(1).key()).containsExactly("a");
  }

  @Test
  void aLoadThatIsSetAsideLetsTheNextOnesPass() {
    RawLake raw = numbers();
    raw.date(DAY).load(RecordFormat.TEXT, row("x"), row("y"));
    raw.date(NEXT_DAY).load(RecordFormat.TEXT, row("2"));

    SetAside aside = withdrawal(raw).setAside(RawLake.ORDERS, 1, " the till was being tested ");

    assertThat(aside.reason()).isEqualTo("the till was being tested");
    assertThat(processed(raw)).as("claimed at once").hasSize(1);
    assertThat(raw.transform(NUMBERS, HALF)).extracting(ProcessedLoad::number).containsExactly(2L);
    ProcessedLoad first = processed(raw).get(0);
    assertThat(first.leftOut())
        .contains(new LeftOut(Optional.empty(), "the till was being tested"));
    assertThat(first.balance()).isEqualTo(new RowBalance(2, 0, 0, 0, 0, 2, 0, 0));
    assertThat(withdrawal(raw).setAside(RawLake.ORDERS, 1, "again")).isEqualTo(aside);
  }

  @Test
  void aLaterLoadThatIsSetAsideIsPassedOverWhenItsTurnComes() {
    RawLake raw = numbers();
    raw.date(DAY).load(RecordFormat.TEXT, row("1"));
    raw.date(NEXT_DAY).load(RecordFormat.TEXT, row("x"));
    withdrawal(raw).setAside(RawLake.ORDERS, 2, "wrong file");
    assertThat(processed(raw)).isEmpty();

    assertThat(raw.transform(NUMBERS, HALF))
        .extracting(load -> load.leftOut().map(LeftOut::reason).orElse("-"))
        .containsExactly("-", "wrong file");
    assertThat(processed(raw).get(1).key()).containsExactly("a");
    assertThat(processed(raw).get(1).columns()).isEqualTo(processed(raw).get(0).columns());
  }

  @Test
  void whatWasSetAsideSupersedesNothing() {
    RawLake raw = numbers();
    raw.date(DAY).load(RecordFormat.TEXT, row("x"));
    raw.load(RecordFormat.TEXT, row("2"));
    withdrawal(raw).setAside(RawLake.ORDERS, 2, "taken by mistake");

    assertThatThrownBy(() -> raw.transform(NUMBERS, HALF)).hasMessageContaining("set-aside");
    assertThat(processed(raw)).isEmpty();
  }

  @Test
  void aLoadThatIsSetAsideWhileItIsTransformedIsLeftOut() {
    RawLake raw = numbers();
    raw.date(DAY).load(RecordFormat.TEXT, row("1"));
    raw.date(NEXT_DAY).load(RecordFormat.TEXT, row("2"));
    MaskingPass slow =
        (entity, columns, key, digests, date) -> {
          withdrawal(raw).setAside(RawLake.ORDERS, 2, "just now");
          return new OpenMasking().plan(entity, columns, key, digests, date);
        };

    raw.standardizer(entity -> NUMBERS, HALF, slow).transform(RawLake.ORDERS);

    assertThat(processed(raw))
        .extracting(load -> load.leftOut().isPresent())
        .containsExactly(false, true);
  }

  @Test
  void whatIsProcessedUnknownOrWithoutAReasonIsNotSetAside() {
    RawLake raw = numbers();
    raw.date(DAY).load(RecordFormat.TEXT, row("x"));
    raw.load(RecordFormat.TEXT, row("2"));
    raw.transform(NUMBERS, HALF);

    for (Object[] wrong :
        new Object[][] {
          {1L, "why", "load 2 has superseded it"},
          {2L, "why", "it is processed already"},
          {3L, "why", "there is no such load, expected a number up to 2"},
          {0L, "why", "there is no such load"},
          {2L, "  ", "no reason is given"},
        }) {
      assertThatThrownBy(
              () -> withdrawal(raw).setAside(RawLake.ORDERS, (long) wrong[0], (String) wrong[1]))
          .isInstanceOfSatisfying(
              LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
          .hasMessageContaining((String) wrong[2]);
    }
    assertThat(raw.lake.setAsides().of(RawLake.ORDERS)).isEmpty();
  }
}
