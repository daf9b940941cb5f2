package dev.loadstar.transform;

import dev.loadstar.core.type.CanonicalText;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.core.type.EngineLimits;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * Turns a raw value into its declared type, or says why not. Values are as lake rows hold them:
 * dates as days, timestamps as microseconds.
 *
 * <p>Text is trimmed and empty text is null, whatever the source. Nothing is rounded: a number that
 * would lose digits is rejected. So is, by whatever way it comes, what no warehouse could hold
 * ({@link EngineLimits}): past here it would stop every later load. Immutable, thread safe.
 */
final class ValueReader {
  private static final int MAX_NUMBER_LENGTH = 400; // the longest text of a double is shorter

  private final ColumnType raw;
  private final ColumnType type;
  private final ZoneId zone;

  /**
   * @param zone of wall clock readings
   */
  ValueReader(ColumnType raw, ColumnType type, ZoneId zone) {
    this.raw = raw;
    this.type = type;
    this.zone = zone;
  }

  /** The value, null, or a {@link RejectionReason}. */
  Object read(Object value) {
    if (value == null) {
      return null;
    }
    Object typed = typed(value);
    if (typed == null || typed instanceof RejectionReason) {
      return typed;
    }
    Optional<EngineLimits.Breach> breach = EngineLimits.breach(typed, type);
    return breach.isEmpty() ? typed : reason(breach.get());
  }

  /** NaN is called what its text is called, so one value has one reason in CSV and in a table. */
  private static RejectionReason reason(EngineLimits.Breach breach) {
    return switch (breach) {
      case CHARACTER -> RejectionReason.INVALID_CHARACTER;
      case NOT_FINITE -> RejectionReason.NOT_A_NUMBER;
      case RANGE -> RejectionReason.OUT_OF_RANGE;
    };
  }

  private Object typed(Object value) {
    if (raw == Simple.TEXT) {
      return parse(((String) value).strip());
    }
    if (raw.equals(type)) {
      return value;
    }
    if (type == Simple.TIMESTAMP && raw == Simple.LOCAL_TIMESTAMP) {
      return micros(wallClock((Long) value).atZone(zone).toInstant());
    }
    if (type == Simple.DATE && raw == Simple.TIMESTAMP) {
      Instant instant = Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS);
      return day(instant.atZone(zone).toLocalDate());
    }
    if (type == Simple.DATE && raw == Simple.LOCAL_TIMESTAMP) {
      return day(wallClock((Long) value).toLocalDate());
    }
    if (EngineLimits.breach(value, raw).filter(EngineLimits.Breach.RANGE::equals).isPresent()) {
      return RejectionReason.OUT_OF_RANGE; // infinity, too, must not become the text of a year
    }
    return parse(CanonicalText.of(value, raw));
  }

  /** Compared in days: so far out, microseconds may not be counted in a long any more. */
  private static Object micros(Instant instant) {
    LocalDate day = instant.atOffset(ZoneOffset.UTC).toLocalDate();
    return isHeld(day) ? (Object) DateText.micros(instant) : RejectionReason.OUT_OF_RANGE;
  }

  private static Object day(LocalDate day) {
    return isHeld(day) ? (Object) (int) day.toEpochDay() : RejectionReason.OUT_OF_RANGE;
  }

  private static boolean isHeld(LocalDate day) {
    return !day.isBefore(EngineLimits.FIRST_DAY) && !day.isAfter(EngineLimits.LAST_DAY);
  }

  private static LocalDateTime wallClock(long micros) {
    int nanos = (int) Math.floorMod(micros, 1_000_000L) * 1000;
    return LocalDateTime.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), nanos, ZoneOffset.UTC);
  }

  private Object parse(String text) {
    if (text.isEmpty()) {
      return null;
    }
    if (type instanceof Decimal decimal) {
      return decimal(text, decimal);
    }
    return switch ((Simple) type) {
      case TEXT -> text;
      case BOOLEAN -> bool(text);
      case INT -> integer(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BIGINT -> integer(text, Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT, DOUBLE -> floating(text);
      case DATE -> date(text);
      case TIMESTAMP, LOCAL_TIMESTAMP -> timestamp(text);
      case BINARY -> throw new IllegalStateException("binary is never read from text");
    };
  }

  private static Object bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "1" -> true;
      case "false", "no", "0" -> false;
      default -> RejectionReason.NOT_A_BOOLEAN;
    };
  }

  private Object integer(String text, long min, long max) {
    int digits = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
    if (digits == text.length()) {
      return RejectionReason.NOT_A_NUMBER;
    }
    for (int i = digits; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return RejectionReason.NOT_A_NUMBER;
      }
    }
    try {
      long value = Long.parseLong(text);
      if (value < min || value > max) {
        return RejectionReason.OUT_OF_RANGE;
      }
      return type == Simple.INT ? (Object) (int) value : (Object) value;
    } catch (NumberFormatException e) {
      return RejectionReason.OUT_OF_RANGE;
    }
  }

  private static Object decimal(String text, Decimal type) {
    if (!looksLikeNumber(text)) {
      return RejectionReason.NOT_A_NUMBER;
    }
    try {
      BigDecimal value = new BigDecimal(text);
      if (value.signum() == 0) {
        return BigDecimal.ZERO.setScale(type.scale());
      }
      BigDecimal shortest = value.stripTrailingZeros();
      if ((long) shortest.precision() - shortest.scale() > type.precision() - type.scale()) {
        return RejectionReason.OUT_OF_RANGE; // before setScale, which would build a huge number
      }
      return shortest.scale() > type.scale()
          ? RejectionReason.TOO_PRECISE
          : shortest.setScale(type.scale());
    } catch (NumberFormatException | ArithmeticException e) {
      return RejectionReason.NOT_A_NUMBER;
    }
  }

  private Object floating(String text) {
    if (!looksLikeNumber(text)) {
      return RejectionReason.NOT_A_NUMBER;
    }
    try {
      double value = Double.parseDouble(text);
      boolean fits = type == Simple.FLOAT ? Float.isFinite((float) value) : Double.isFinite(value);
      if (!fits) {
        return RejectionReason.OUT_OF_RANGE;
      }
      return type == Simple.FLOAT ? (Object) Float.parseFloat(text) : (Object) value;
    } catch (NumberFormatException e) {
      return RejectionReason.NOT_A_NUMBER;
    }
  }

  private static boolean looksLikeNumber(String text) {
    if (text.length() > MAX_NUMBER_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static Object date(String text) {
    try {
      return (int) DateText.date(text).toEpochDay();
    } catch (DateTimeException e) {
      return RejectionReason.NOT_A_DATE;
    }
  }

  private Object timestamp(String text) {
    try {
      return DateText.timestamp(text, zone);
    } catch (DateTimeException e) {
      return RejectionReason.NOT_A_TIMESTAMP;
    }
  }
}
