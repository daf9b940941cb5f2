package dev.loadstar.transform;

import dev.loadstar.core.type.CanonicalText;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Turns a raw value into its declared type, or says why not. Values are as lake rows hold them:
 * dates as days, timestamps as microseconds.
 *
 * <p>Text is trimmed and empty text is null, whatever the source. Nothing is rounded: a number that
 * would lose digits is rejected. Immutable, thread safe.
 */
final class ValueReader {
  private static final int MAX_NUMBER_LENGTH = 400; // the longest text of a double is shorter
  private static final long LAST_SECOND = 253402300799L; // 9999-12-31T23:59:59Z
  private static final long FIRST_SECOND = -62135596800L; // 0001-01-01T00:00:00Z

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
    if (raw == Simple.TEXT) {
      return parse(((String) value).strip());
    }
    if (raw.equals(type)) {
      return value;
    }
    if (type == Simple.TIMESTAMP && raw == Simple.LOCAL_TIMESTAMP) {
      LocalDateTime wallClock = wallClock((Long) value);
      return DateText.micros(wallClock.atZone(zone).toInstant());
    }
    if (type == Simple.DATE && raw == Simple.TIMESTAMP) {
      Instant instant = Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS);
      return (int) instant.atZone(zone).toLocalDate().toEpochDay();
    }
    if (type == Simple.DATE && raw == Simple.LOCAL_TIMESTAMP) {
      return (int) wallClock((Long) value).toLocalDate().toEpochDay();
    }
    return parse(CanonicalText.of(value, raw));
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
      long micros = DateText.timestamp(text, zone);
      long second = Math.floorDiv(micros, 1_000_000L);
      return second < FIRST_SECOND || second > LAST_SECOND
          ? (Object) RejectionReason.OUT_OF_RANGE
          : (Object) micros;
    } catch (DateTimeException e) {
      return RejectionReason.NOT_A_TIMESTAMP;
    }
  }
}
