package dev.loadstar.core.type;

import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.stream.LongStream;

/** Measures the values of one column, one after another. Not thread safe. */
public final class ExtentMeter {
  private static final long[] POWERS =
      LongStream.iterate(1, power -> 10 * power).limit(19).toArray();

  private final ColumnType type;
  private long characters;
  private long bytes;
  private int highestCharacter;
  private int integerDigits;
  private int integerBits;
  private boolean negative;
  private int secondDigits;

  public ExtentMeter(ColumnType type) {
    this.type = type;
  }

  public ColumnType type() {
    return type;
  }

  /**
   * @param value as lake rows hold it; null needs nothing
   */
  public void add(Object value) {
    if (value == null) {
      return;
    }
    if (type instanceof Simple simple) {
      switch (simple) {
        case TEXT -> text((String) value);
        case BINARY -> bytes = Math.max(bytes, ((byte[]) value).length);
        case INT, BIGINT -> whole(((Number) value).longValue());
        case FLOAT, DOUBLE -> negative |= ((Number) value).doubleValue() < 0;
        case TIMESTAMP, LOCAL_TIMESTAMP -> time((Long) value);
        case BOOLEAN, DATE -> {}
      }
    } else {
      exact((BigDecimal) value);
    }
  }

  /**
   * @param number as {@link dev.loadstar.core.row.ValueBuffer} keeps values that are numbers
   */
  public void add(long number) {
    if (type instanceof Decimal decimal) {
      exact(number, decimal.scale());
      return;
    }
    switch ((Simple) type) {
      case INT, BIGINT -> whole(number);
      case FLOAT -> negative |= Float.intBitsToFloat((int) number) < 0;
      case DOUBLE -> negative |= Double.longBitsToDouble(number) < 0;
      case TIMESTAMP, LOCAL_TIMESTAMP -> time(number);
      default -> {}
    }
  }

  /**
   * @param value where a value stands that {@link dev.loadstar.core.row.ValueBuffer} keeps as bytes
   */
  public void add(byte[] value, int start, int size) {
    if (type == Simple.TEXT) {
      text(value, start, size);
    } else if (type == Simple.BINARY) {
      bytes = Math.max(bytes, size);
    } else if (size > Long.BYTES) {
      exact(new BigDecimal(new BigInteger(value, start, size), ((Decimal) type).scale()));
    } else {
      exact(number(value, start, size), ((Decimal) type).scale());
    }
  }

  private static long number(byte[] bytes, int start, int size) {
    long number = bytes[start];
    for (int i = 1; i < size; i++) {
      number = number << Byte.SIZE | bytes[start + i] & 0xff;
    }
    return number;
  }

  /** Of all values so far. */
  public Extent extent() {
    return new Extent(
        characters, bytes, highestCharacter, integerDigits, integerBits, negative, secondDigits);
  }

  private void text(String text) {
    int points = 0;
    long size = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      points++;
      size += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      highestCharacter = Math.max(highestCharacter, point);
    }
    characters = Math.max(characters, points);
    bytes = Math.max(bytes, size);
  }

  private void text(byte[] utf8, int start, int size) {
    int points = 0;
    for (int i = start; i < start + size; i++) {
      int lead = utf8[i];
      if (lead >= 0) {
        points++;
        if (lead > highestCharacter) {
          highestCharacter = lead;
        }
      } else if (lead >= (byte) 0xC0) { // the others continue a character
        points++;
        int more = lead < (byte) 0xE0 ? 1 : lead < (byte) 0xF0 ? 2 : 3;
        int point = lead & 0x3F >> more;
        for (int k = 1; k <= more && i + k < start + size; k++) {
          point = point << 6 | utf8[i + k] & 0x3F;
        }
        highestCharacter = Math.max(highestCharacter, point);
      }
    }
    characters = Math.max(characters, points);
    bytes = Math.max(bytes, size);
  }

  private void whole(long number) {
    integerBits = Math.max(integerBits, 65 - Long.numberOfLeadingZeros(number ^ (number >> 63)));
    negative |= number < 0;
    digits(number, 0);
  }

  private void exact(long unscaled, int scale) {
    if (unscaled != 0) {
      digits(unscaled, scale);
      negative |= unscaled < 0;
    }
  }

  /** Most values are no longer than one before, and a division costs more than a comparison. */
  private void digits(long number, int scale) {
    int most = integerDigits + scale;
    if (most < POWERS.length && number < POWERS[most] && number > -POWERS[most]) {
      return;
    }
    int digits = 0;
    for (long rest = number; rest != 0; rest /= 10) {
      digits++;
    }
    integerDigits = Math.max(integerDigits, digits - scale);
  }

  private void exact(BigDecimal number) {
    if (number.signum() == 0) {
      return; // its written zero is a digit that no column needs
    }
    integerDigits = Math.max(integerDigits, number.precision() - number.scale());
    negative |= number.signum() < 0;
  }

  private void time(long micros) {
    long fraction = Math.floorMod(micros, 1_000_000L);
    int digits = fraction == 0 ? 0 : 6;
    while (digits > 0 && fraction % 10 == 0) {
      fraction /= 10;
      digits--;
    }
    secondDigits = Math.max(secondDigits, digits);
  }
}
