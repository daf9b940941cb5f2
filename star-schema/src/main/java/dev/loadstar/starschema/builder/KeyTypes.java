package dev.loadstar.starschema.builder;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.tables.Widening;

/** The type of a key whose column changed its type: a member is known by its value. */
final class KeyTypes {
  private static final int MAX_DIGITS = 38;

  private KeyTypes() {}

  /** One that holds the values of both where there is one, else the newer. */
  static ColumnType both(ColumnType older, ColumnType newer) {
    if (Widening.fits(newer, older)) {
      return older;
    }
    if (Widening.fits(older, newer)) {
      return newer;
    }
    Decimal a = decimal(older);
    Decimal b = decimal(newer);
    if (a == null || b == null) {
      return newer;
    }
    int scale = Math.max(a.scale(), b.scale());
    int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
    return whole + scale <= MAX_DIGITS ? new Decimal(whole + scale, scale) : newer;
  }

  private static Decimal decimal(ColumnType type) {
    if (type instanceof Decimal decimal) {
      return decimal;
    }
    return type == Simple.INT
        ? new Decimal(10, 0)
        : type == Simple.BIGINT ? new Decimal(19, 0) : null;
  }
}
