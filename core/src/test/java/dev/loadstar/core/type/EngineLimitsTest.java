package dev.loadstar.core.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.core.type.EngineLimits.Breach;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class EngineLimitsTest {
  private static void held(Object value, ColumnType type) {
    assertThat(EngineLimits.breach(value, type)).isEmpty();
  }

  private static void broken(Object value, ColumnType type, Breach breach) {
    assertThat(EngineLimits.breach(value, type)).contains(breach);
  }

  private static int day(String date) {
    return (int) LocalDate.parse(date).toEpochDay();
  }

  private static long micros(String instant) {
    Instant time = Instant.parse(instant);
    return time.getEpochSecond() * 1_000_000L + time.getNano() / 1000;
  }

  @Test
  void daysAreThoseOfFourDigitYears() {
    held(day("1000-01-01"), Simple.DATE);
    held(day("9999-12-31"), Simple.DATE);
    broken(day("0999-12-31"), Simple.DATE, Breach.RANGE);
    broken(day("+10000-01-01"), Simple.DATE, Breach.RANGE);
    broken(day("-0043-03-15"), Simple.DATE, Breach.RANGE);
    broken(Integer.MAX_VALUE, Simple.DATE, Breach.RANGE);
    broken(Integer.MIN_VALUE, Simple.DATE, Breach.RANGE);
  }

  @Test
  void timesAreThoseOfTheSameYearsInUtc() {
    for (Simple type : new Simple[] {Simple.TIMESTAMP, Simple.LOCAL_TIMESTAMP}) {
      held(micros("1000-01-01T00:00:00Z"), type);
      held(micros("9999-12-31T23:59:59.999999Z"), type);
      broken(micros("0999-12-31T23:59:59.999999Z"), type, Breach.RANGE);
      broken(micros("+10000-01-01T00:00:00Z"), type, Breach.RANGE);
      broken(Long.MAX_VALUE, type, Breach.RANGE);
      broken(Long.MIN_VALUE, type, Breach.RANGE);
    }
  }

  @Test
  void textHasEveryCharacterButZeroAndHalves() {
    held("", Simple.TEXT);
    held("\u0001\t\uFFFD\uFFFF", Simple.TEXT);
    held("\uD83D\uDE00 and \uD83D\uDE00", Simple.TEXT);
    broken("a\0b", Simple.TEXT, Breach.CHARACTER);
    broken("\uD83D", Simple.TEXT, Breach.CHARACTER);
    broken("\uD83D \uDE00", Simple.TEXT, Breach.CHARACTER);
    broken("\uDE00\uD83D", Simple.TEXT, Breach.CHARACTER);
    broken("\uD83D\uD83D\uDE00", Simple.TEXT, Breach.CHARACTER);
  }

  @Test
  void numbersAreFinite() {
    held(Double.MAX_VALUE, Simple.DOUBLE);
    held(-Float.MAX_VALUE, Simple.FLOAT);
    held(-0.0d, Simple.DOUBLE);
    broken(Double.NaN, Simple.DOUBLE, Breach.NOT_FINITE);
    broken(Double.POSITIVE_INFINITY, Simple.DOUBLE, Breach.NOT_FINITE);
    broken(Float.NEGATIVE_INFINITY, Simple.FLOAT, Breach.NOT_FINITE);
    broken(Float.NaN, Simple.FLOAT, Breach.NOT_FINITE);
  }

  @Test
  void theRestIsHeldAsItIs() {
    held(null, Simple.TEXT);
    held(Long.MIN_VALUE, Simple.BIGINT);
    held(Integer.MAX_VALUE, Simple.INT);
    held(true, Simple.BOOLEAN);
    held(new byte[] {0}, Simple.BINARY);
    held(new BigDecimal("-99999999999999999999999999999999999999"), new Decimal(38, 0));
  }
}
