package dev.loadstar.core.type;

import java.io.Serializable;

/**
 * How large values are, or may be: what the values of a column need, and what a column of a
 * warehouse has room for. Sizes only, so it may be shown and kept where no value may be.
 *
 * @param characters of the longest text, in code points, as both engines count
 * @param bytes of the longest text in UTF-8, or of the longest binary value
 * @param highestCharacter the highest code point of any text
 * @param integerDigits most decimal digits before the point
 * @param integerBits of the widest whole number, its sign included: 16 for -32768 and 32767
 * @param negative whether any number is below zero
 * @param secondDigits most digits of a fraction of a second, 0 to 6
 */
public record Extent(
    long characters,
    long bytes,
    int highestCharacter,
    int integerDigits,
    int integerBits,
    boolean negative,
    int secondDigits)
    implements Serializable {
  /** What no value needs. */
  public static final Extent NONE = new Extent(0, 0, 0, 0, 0, false, 0);

  /** What no column bounds. */
  public static final Extent UNBOUNDED =
      new Extent(
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          Character.MAX_CODE_POINT,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          true,
          6);

  public Extent {
    if (characters < 0
        || bytes < 0
        || highestCharacter < 0
        || integerDigits < 0
        || integerBits < 0
        || secondDigits < 0
        || secondDigits > 6) {
      throw new IllegalArgumentException("no size is below zero, and a second has 6 digits");
    }
  }

  /** What both need. */
  public Extent and(Extent other) {
    return new Extent(
        Math.max(characters, other.characters),
        Math.max(bytes, other.bytes),
        Math.max(highestCharacter, other.highestCharacter),
        Math.max(integerDigits, other.integerDigits),
        Math.max(integerBits, other.integerBits),
        negative || other.negative,
        Math.max(secondDigits, other.secondDigits));
  }

  public Extent withCharacters(long most, int highest) {
    return new Extent(most, bytes, highest, integerDigits, integerBits, negative, secondDigits);
  }

  public Extent withBytes(long most) {
    return new Extent(
        characters, most, highestCharacter, integerDigits, integerBits, negative, secondDigits);
  }

  public Extent withDigits(int most, boolean signed) {
    return new Extent(characters, bytes, highestCharacter, most, integerBits, signed, secondDigits);
  }

  public Extent withBits(int most, boolean signed) {
    return new Extent(
        characters, bytes, highestCharacter, integerDigits, most, signed, secondDigits);
  }

  public Extent withSecondDigits(int most) {
    return new Extent(
        characters, bytes, highestCharacter, integerDigits, integerBits, negative, most);
  }
}
