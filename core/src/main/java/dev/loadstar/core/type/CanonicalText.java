package dev.loadstar.core.type;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * The one written form of a value, whatever numeric type or scale it is kept in: {@code 1.50} and
 * {@code 1.5} are both {@code 1.5}. Digests and masks are made of it, so it must never change.
 */
public final class CanonicalText {
  private static final long MICROS = 1_000_000L;

  private CanonicalText() {}

  /**
   * @param value as lake rows hold it: DATE Integer (days), TIMESTAMP and LOCAL_TIMESTAMP Long
   *     (microseconds), else the type's own Java class; may be null
   * @return null for null; dates and times in ISO form, numbers plain, binary in hex
   */
  public static String of(Object value, ColumnType type) {
    if (value == null) {
      return null;
    }
    if (type instanceof ColumnType.Decimal) {
      return plain((BigDecimal) value);
    }
    return switch ((ColumnType.Simple) type) {
      case TEXT -> (String) value;
      case BOOLEAN, INT, BIGINT -> value.toString();
      case FLOAT, DOUBLE -> floating(value);
      case DATE -> LocalDate.ofEpochDay((Integer) value).toString();
      case TIMESTAMP -> Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS).toString();
      case LOCAL_TIMESTAMP -> {
        long micros = (Long) value;
        int nanos = (int) Math.floorMod(micros, MICROS) * 1000;
        long second = Math.floorDiv(micros, MICROS);
        yield LocalDateTime.ofEpochSecond(second, nanos, ZoneOffset.UTC).toString();
      }
      case BINARY -> HexFormat.of().formatHex((byte[]) value);
    };
  }

  private static String floating(Object value) {
    double number = ((Number) value).doubleValue();
    // A float's own shortest text: widening it first would show digits it never had.
    return Double.isFinite(number) ? plain(new BigDecimal(value.toString())) : value.toString();
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
