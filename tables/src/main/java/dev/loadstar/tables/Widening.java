package dev.loadstar.tables;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;

/** Which stored type can be read as which other one without losing or inventing anything. */
public final class Widening {
  private static final int INT_DIGITS = 10;
  private static final int BIGINT_DIGITS = 19;

  private Widening() {}

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
