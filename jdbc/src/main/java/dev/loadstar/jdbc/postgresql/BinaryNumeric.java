package dev.loadstar.jdbc.postgresql;

import dev.loadstar.core.row.ValueBuffer;
import dev.loadstar.core.type.ColumnType.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * {@code numeric} as a number of ten thousandths of ten thousandths: groups of four decimal digits,
 * most significant first, aligned to the decimal point ({@code numeric_send} in PostgreSQL's
 * numeric.c). Read as the unscaled value of a decimal type.
 */
final class BinaryNumeric implements BinaryField {
  private static final int HEADER = 8;
  private static final int NEGATIVE = 0x4000;
  private static final int GROUP = 10_000;
  private static final int GROUP_DIGITS = 4;
  private static final long[] POWERS = new long[19];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = 10 * POWERS[i - 1];
    }
  }

  private final Decimal type;

  BinaryNumeric(Decimal type) {
    this.type = type;
  }

  @Override
  public void read(byte[] from, int at, int length, ValueBuffer to) {
    int groups = BinaryField.int2(from, at);
    int weight = BinaryField.int2(from, at + 2);
    int sign = BinaryField.int2(from, at + 4);
    if (sign != 0 && sign != NEGATIVE) {
      throw new ArithmeticException("no finite number");
    }
    // The power of ten of the last group's last digit, once the value is unscaled.
    int shift = (weight - groups + 1) * GROUP_DIGITS + type.scale();
    if (type.precision() >= POWERS.length || shift <= -GROUP_DIGITS || shift >= POWERS.length) {
      slow(from, at + HEADER, groups, shift, sign, to);
    } else {
      to.add(signed(fast(from, at + HEADER, groups, shift), sign));
    }
  }

  private long fast(byte[] from, int at, int groups, int shift) {
    long value = 0;
    int last = groups - 1;
    for (int i = 0; i < last; i++) {
      value = Math.addExact(Math.multiplyExact(value, GROUP), BinaryField.int2(from, at + 2 * i));
    }
    if (groups > 0) {
      int digits = BinaryField.int2(from, at + 2 * last);
      if (shift >= 0) {
        value = Math.addExact(Math.multiplyExact(value, GROUP), digits);
        value = Math.multiplyExact(value, POWERS[shift]);
      } else { // the group has digits beyond the scale, which must be zeros
        int beyond = (int) POWERS[-shift];
        if (digits % beyond != 0) {
          throw new ArithmeticException("more digits than the scale has");
        }
        value = Math.multiplyExact(value, POWERS[GROUP_DIGITS + shift]);
        value = Math.addExact(value, digits / beyond);
      }
    }
    if (value >= POWERS[type.precision()]) {
      throw new ArithmeticException("more digits than the precision has");
    }
    return value;
  }

  private void slow(byte[] from, int at, int groups, int shift, int sign, ValueBuffer to) {
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i < groups; i++) {
      value =
          value
              .multiply(BigInteger.valueOf(GROUP))
              .add(BigInteger.valueOf(BinaryField.int2(from, at + 2 * i)));
    }
    BigDecimal unscaled = new BigDecimal(value, -shift).setScale(0); // fails rather than rounds
    if (unscaled.precision() > type.precision()) {
      throw new ArithmeticException("more digits than the precision has");
    }
    BigInteger whole = unscaled.unscaledValue();
    if (ValueBuffer.isNumber(type)) {
      to.add(signed(whole.longValueExact(), sign));
    } else {
      byte[] bytes = (sign == NEGATIVE ? whole.negate() : whole).toByteArray();
      to.add(bytes, 0, bytes.length);
    }
  }

  private static long signed(long value, int sign) {
    return sign == NEGATIVE ? -value : value;
  }
}
