package dev.loadstar.tables;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import java.math.BigDecimal;

/** Which stored type can be read as which other one without losing or inventing anything. */
public final class Widening {
  private static final int INT_DIGITS = 10;
  private static final int BIGINT_DIGITS = 20; // what Spark asks for, though 19 would do

  private Widening() {}

  /** A value as one of a type that its own one fits; null is null. */
  public static Object widened(Object value, ColumnType wanted) {
    if (value instanceof Number number && wanted instanceof Decimal decimal) {
      BigDecimal exact =
          number instanceof BigDecimal same ? same : BigDecimal.valueOf(number.longValue());
      return exact.setScale(decimal.scale());
    }
    if (value instanceof Integer number && wanted == Simple.BIGINT) {
      return number.longValue();
    }
    return value instanceof Float number && wanted == Simple.DOUBLE ? number.doubleValue() : value;
  }

  public static boolean fits(ColumnType stored, ColumnType wanted) {
    if (stored.equals(wanted)) {
      return true;
    }
    if (wanted instanceof Decimal decimal) {
      int digits = decimal.precision() - decimal.scale();
      if (stored instanceof Decimal old) {
        return decimal.scale() >= old.scale() && digits >= old.precision() - old.scale();
      }
      return stored == Simple.INT && digits >= INT_DIGITS
          || stored == Simple.BIGINT && digits >= BIGINT_DIGITS;
    }
    return wanted == Simple.BIGINT && stored == Simple.INT
        || wanted == Simple.DOUBLE && stored == Simple.FLOAT;
  }
}
