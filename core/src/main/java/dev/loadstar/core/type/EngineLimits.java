package dev.loadstar.core.type;

import dev.loadstar.core.type.ColumnType.Simple;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What PostgreSQL and MySQL both hold, in a column as wide as can be. A value beyond it must not
 * get past the place where it gets its type: no warehouse would ever take it. Pure.
 *
 * <p>Dates and times are bound by MySQL, whose manual guarantees DATE and DATETIME from 1000-01-01
 * to the end of 9999 (11.2.2; its last half second needs a column that keeps fractions, or it would
 * be rounded into the year 10000). PostgreSQL knows more years, and infinity. Text is bound by
 * PostgreSQL, which takes every character of UTF-8 but U+0000 (8.3); half a surrogate pair is no
 * character of UTF-8. MySQL knows neither NaN nor infinity (11.1.4).
 */
public final class EngineLimits {
  public static final LocalDate FIRST_DAY = LocalDate.of(1000, 1, 1);
  public static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

  private static final long DAY = 86_400_000_000L;

  /** 1000-01-01T00:00Z in microseconds. */
  public static final long FIRST_MICROS = FIRST_DAY.toEpochDay() * DAY;

  /** 9999-12-31T23:59:59.999999Z. */
  public static final long LAST_MICROS = (LAST_DAY.toEpochDay() + 1) * DAY - 1;

  /** Why a value cannot be held. */
  public enum Breach {
    /** Text with U+0000 or with half a surrogate pair. */
    CHARACTER,
    /** NaN or infinity. */
    NOT_FINITE,
    /** A day or a time outside of the years that both know. */
    RANGE
  }

  private EngineLimits() {}

  /**
   * What is wrong with a value.
   *
   * @param value as lake rows hold it: DATE Integer (days), TIMESTAMP and LOCAL_TIMESTAMP Long
   *     (microseconds), else the type's own Java class; may be null
   * @return empty when both engines hold it
   */
  public static Optional<Breach> breach(Object value, ColumnType type) {
    if (value == null || !(type instanceof Simple simple)) {
      return Optional.empty(); // exact numbers have their digits in their type
    }
    return switch (simple) {
      case TEXT -> holds((String) value) ? Optional.empty() : Optional.of(Breach.CHARACTER);
      case FLOAT, DOUBLE ->
          Double.isFinite(((Number) value).doubleValue())
              ? Optional.empty()
              : Optional.of(Breach.NOT_FINITE);
      case DATE -> within((Integer) value, FIRST_DAY.toEpochDay(), LAST_DAY.toEpochDay());
      case TIMESTAMP, LOCAL_TIMESTAMP -> within((Long) value, FIRST_MICROS, LAST_MICROS);
      case BOOLEAN, INT, BIGINT, BINARY -> Optional.empty();
    };
  }

  private static Optional<Breach> within(long value, long first, long last) {
    return value < first || value > last ? Optional.of(Breach.RANGE) : Optional.empty();
  }

  private static boolean holds(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < length
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
