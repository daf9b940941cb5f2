package dev.loadstar.core.type;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The types that cross module borders. Text is the written form in YAML and in manifests: {@code
 * text boolean int bigint double date timestamp local_timestamp binary decimal(18,2)}.
 *
 * <p>{@code timestamp} is an instant in microseconds UTC; {@code local_timestamp} is a wall clock
 * reading that has no zone until {@code transform} gives it the source's.
 */
public sealed interface ColumnType extends Serializable {
  /** The written form, which {@link #parse} reads back. */
  String text();

  /** Every type without parameters. */
  enum Simple implements ColumnType {
    TEXT,
    BOOLEAN,
    INT,
    BIGINT,
    FLOAT,
    DOUBLE,
    DATE,
    TIMESTAMP,
    LOCAL_TIMESTAMP,
    BINARY;

    @Override
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * An exact number.
   *
   * @param precision digits in all, 1 to 38
   * @param scale digits after the point, 0 to {@code precision}
   */
  record Decimal(int precision, int scale) implements ColumnType {
    public Decimal {
      if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
        throw new IllegalArgumentException(
            "decimal(" + precision + "," + scale + ") is out of range");
      }
    }

    @Override
    public String text() {
      return "decimal(" + precision + "," + scale + ")";
    }
  }

  Pattern DECIMAL = Pattern.compile("decimal\\(\\s*(\\d{1,2})\\s*,\\s*(\\d{1,2})\\s*\\)");

  /** The type written as {@code text}, or empty when there is no such type. */
  static Optional<ColumnType> parse(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    Matcher decimal = DECIMAL.matcher(word);
    if (decimal.matches()) {
      int precision = Integer.parseInt(decimal.group(1));
      int scale = Integer.parseInt(decimal.group(2));
      boolean valid = precision >= 1 && precision <= 38 && scale <= precision;
      return valid ? Optional.of(new Decimal(precision, scale)) : Optional.empty();
    }
    for (Simple simple : Simple.values()) {
      if (simple.text().equals(word)) {
        return Optional.of(simple);
      }
    }
    return Optional.empty();
  }
}
