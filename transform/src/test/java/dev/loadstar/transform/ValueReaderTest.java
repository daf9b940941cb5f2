package dev.loadstar.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Values at the edges of what every warehouse holds, in zones that push them over. */
class ValueReaderTest {
  /** Fourteen hours ahead of UTC. */
  private static final String EARLY = "Pacific/Kiritimati";

  /** Eleven hours behind. */
  private static final String LATE = "Pacific/Pago_Pago";

  private static Object read(ColumnType raw, ColumnType type, String zone, Object value) {
    return new ValueReader(raw, type, ZoneId.of(zone)).read(value);
  }

  private static Object same(ColumnType type, Object value) {
    return read(type, type, EARLY, value);
  }

  private static Object text(ColumnType type, String zone, String value) {
    return read(Simple.TEXT, type, zone, value);
  }

  private static int day(String date) {
    return (int) LocalDate.parse(date).toEpochDay();
  }

  private static long instant(String text) {
    return DateText.micros(Instant.parse(text));
  }

  private static long wallClock(String text) {
    return DateText.micros(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
  }

  @Test
  void textThatNoWarehouseHoldsIsRejectedWhateverItComesFrom() {
    assertThat(text(Simple.TEXT, EARLY, "a\0b")).isEqualTo(RejectionReason.INVALID_CHARACTER);
    assertThat(text(Simple.TEXT, EARLY, "\0")).isEqualTo(RejectionReason.INVALID_CHARACTER);
    assertThat(text(Simple.TEXT, EARLY, "\uD83D")).isEqualTo(RejectionReason.INVALID_CHARACTER);
    assertThat(text(Simple.TEXT, EARLY, " \uD83D\uDE00 ")).isEqualTo("\uD83D\uDE00");
    assertThat(text(Simple.INT, EARLY, "1\0")).isEqualTo(RejectionReason.NOT_A_NUMBER);
  }

  @Test
  void aNumberThatIsNoneHasOneReasonWhateverItComesFrom() {
    for (Object none : new Object[] {Double.NaN, Double.POSITIVE_INFINITY, -1 / 0d}) {
      assertThat(same(Simple.DOUBLE, none)).isEqualTo(RejectionReason.NOT_A_NUMBER);
      assertThat(read(Simple.DOUBLE, new Decimal(9, 2), EARLY, none))
          .isEqualTo(RejectionReason.NOT_A_NUMBER);
      assertThat(read(Simple.DOUBLE, Simple.FLOAT, EARLY, none))
          .isEqualTo(RejectionReason.NOT_A_NUMBER);
      assertThat(text(Simple.DOUBLE, EARLY, none.toString()))
          .isEqualTo(RejectionReason.NOT_A_NUMBER);
    }
    assertThat(same(Simple.FLOAT, Float.NaN)).isEqualTo(RejectionReason.NOT_A_NUMBER);
    assertThat(same(Simple.DOUBLE, Double.MAX_VALUE)).isEqualTo(Double.MAX_VALUE);
    assertThat(read(Simple.DOUBLE, Simple.FLOAT, EARLY, 1e300))
        .isEqualTo(RejectionReason.OUT_OF_RANGE);
  }

  @Test
  void daysEndWithTheYearsOfEveryWarehouse() {
    for (String held : new String[] {"1000-01-01", "9999-12-31"}) {
      assertThat(same(Simple.DATE, day(held))).isEqualTo(day(held));
      assertThat(text(Simple.DATE, EARLY, held)).isEqualTo(day(held));
    }
    for (String beyond :
        new String[] {"0999-12-31", "0000-06-01", "-4712-01-01", "+294276-12-31"}) {
      assertThat(same(Simple.DATE, day(beyond))).isEqualTo(RejectionReason.OUT_OF_RANGE);
      assertThat(read(Simple.DATE, Simple.TIMESTAMP, EARLY, day(beyond)))
          .isEqualTo(RejectionReason.OUT_OF_RANGE);
      assertThat(read(Simple.DATE, Simple.TEXT, EARLY, day(beyond)))
          .isEqualTo(RejectionReason.OUT_OF_RANGE);
    }
    assertThat(text(Simple.DATE, EARLY, "0999-12-31")).isEqualTo(RejectionReason.OUT_OF_RANGE);
    assertThat(text(Simple.DATE, EARLY, "0001-01-01")).isEqualTo(RejectionReason.OUT_OF_RANGE);
    assertThat(text(Simple.DATE, EARLY, "infinity")).isEqualTo(RejectionReason.NOT_A_DATE);
  }

  @Test
  void instantsEndWithTheSameYearsInUtc() {
    for (String held :
        new String[] {
          "1000-01-01T00:00:00Z", "9999-12-31T00:00:00Z", "9999-12-31T23:59:59.999999Z"
        }) {
      assertThat(same(Simple.TIMESTAMP, instant(held))).isEqualTo(instant(held));
      assertThat(text(Simple.TIMESTAMP, EARLY, held)).isEqualTo(instant(held));
    }
    for (String beyond :
        new String[] {
          "0999-12-31T23:59:59.999999Z", "+10000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z"
        }) {
      assertThat(same(Simple.TIMESTAMP, instant(beyond))).isEqualTo(RejectionReason.OUT_OF_RANGE);
      assertThat(read(Simple.TIMESTAMP, Simple.TEXT, EARLY, instant(beyond)))
          .isEqualTo(RejectionReason.OUT_OF_RANGE);
    }
    assertThat(text(Simple.TIMESTAMP, LATE, "0999-12-31T23:59:59Z"))
        .isEqualTo(RejectionReason.OUT_OF_RANGE);
  }

  @Test
  void aZoneMayPushAWallClockOverTheEdge() {
    long first = wallClock("1000-01-01T00:00:00");
    long last = wallClock("9999-12-31T23:59:59.999999");
    assertThat(read(Simple.LOCAL_TIMESTAMP, Simple.TIMESTAMP, "Asia/Tokyo", first))
        .isEqualTo(RejectionReason.OUT_OF_RANGE);
    assertThat(read(Simple.LOCAL_TIMESTAMP, Simple.TIMESTAMP, EARLY, last))
        .isEqualTo(instant("9999-12-31T09:59:59.999999Z"));
    assertThat(read(Simple.LOCAL_TIMESTAMP, Simple.TIMESTAMP, LATE, last))
        .isEqualTo(RejectionReason.OUT_OF_RANGE);
    assertThat(text(Simple.TIMESTAMP, LATE, "9999-12-31 23:59:59"))
        .isEqualTo(RejectionReason.OUT_OF_RANGE);
    assertThat(text(Simple.TIMESTAMP, "Asia/Tokyo", "1000-01-01"))
        .isEqualTo(RejectionReason.OUT_OF_RANGE);
    assertThat(text(Simple.TIMESTAMP, LATE, "9999-12-31T23:30:00+01:00"))
        .as("an offset of its own counts, not the zone")
        .isEqualTo(instant("9999-12-31T22:30:00Z"));
  }

  @Test
  void theDayOfAnInstantIsJudgedWhereItIsRead() {
    assertThat(read(Simple.TIMESTAMP, Simple.DATE, EARLY, instant("9999-12-31T09:59:59Z")))
        .isEqualTo(day("9999-12-31"));
    assertThat(read(Simple.TIMESTAMP, Simple.DATE, EARLY, instant("9999-12-31T10:00:00Z")))
        .isEqualTo(RejectionReason.OUT_OF_RANGE);
    assertThat(read(Simple.TIMESTAMP, Simple.DATE, LATE, instant("+10000-01-01T10:00:00Z")))
        .as("still the last day there")
        .isEqualTo(day("9999-12-31"));
    assertThat(read(Simple.LOCAL_TIMESTAMP, Simple.DATE, EARLY, wallClock("1000-01-01T00:00:00")))
        .isEqualTo(day("1000-01-01"));
    assertThat(read(Simple.LOCAL_TIMESTAMP, Simple.DATE, EARLY, wallClock("0999-12-31T23:59:59")))
        .isEqualTo(RejectionReason.OUT_OF_RANGE);
  }

  /** As the engine that knows it keeps it: the ends of its integers. */
  @Test
  void infinityIsRejectedUnderEveryType() {
    for (long end : new long[] {Long.MAX_VALUE, Long.MIN_VALUE}) {
      for (String zone : new String[] {EARLY, LATE}) {
        for (Simple type : new Simple[] {Simple.TIMESTAMP, Simple.DATE, Simple.TEXT}) {
          assertThat(read(Simple.TIMESTAMP, type, zone, end))
              .isEqualTo(RejectionReason.OUT_OF_RANGE);
          assertThat(read(Simple.LOCAL_TIMESTAMP, type, zone, end))
              .isEqualTo(RejectionReason.OUT_OF_RANGE);
        }
      }
    }
    for (int end : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      for (Simple type : new Simple[] {Simple.TIMESTAMP, Simple.DATE, Simple.TEXT}) {
        assertThat(read(Simple.DATE, type, LATE, end)).isEqualTo(RejectionReason.OUT_OF_RANGE);
      }
    }
  }
}
