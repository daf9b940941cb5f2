package dev.loadstar.core.type;

import dev.loadstar.core.type.ColumnType.Simple;
import java.math.BigDecimal;

/** Measures the values of one column, one after another. Not thread safe. */
public final class ExtentMeter {
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

  private void whole(long number) {
    integerBits = Math.max(integerBits, 65 - Long.numberOfLeadingZeros(number ^ (number >> 63)));
    negative |= number < 0;
    int digits = 0;
    for (long rest = number; rest != 0; rest /= 10) {
      digits++;
    }
    integerDigits = Math.max(integerDigits, digits);
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
