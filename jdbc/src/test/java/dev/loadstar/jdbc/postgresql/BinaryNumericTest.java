package dev.loadstar.jdbc.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.row.RowBatch;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.jdbc.BatchValues;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryNumericTest {
  private static final int POSITIVE = 0;
  private static final int NEGATIVE = 0x4000;

  /** {@code numeric_send}: groups of four digits with zeros stripped at both ends. */
  private static byte[] sent(BigDecimal value) {
    int fractionGroups = (Math.max(value.scale(), 0) + 3) / 4;
    String digits = value.setScale(fractionGroups * 4).unscaledValue().abs().toString();
    digits = "0".repeat((4 - digits.length() % 4) % 4) + digits;
    int weight = digits.length() / 4 - fractionGroups - 1;
    while (digits.startsWith("0000")) {
      digits = digits.substring(4);
      weight--;
    }
    while (digits.endsWith("0000")) {
      digits = digits.substring(0, digits.length() - 4);
    }
    int groups = digits.length() / 4;
    int[] all = new int[groups];
    for (int i = 0; i < groups; i++) {
      all[i] = Integer.parseInt(digits.substring(4 * i, 4 * i + 4));
    }
    return sent(groups == 0 ? 0 : weight, value.signum() < 0 ? NEGATIVE : POSITIVE, all);
  }

  private static byte[] sent(int weight, int sign, int... groups) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + 2 * groups.length);
    bytes.putShort((short) groups.length).putShort((short) weight).putShort((short) sign);
    bytes.putShort((short) 0);
    for (int group : groups) {
      bytes.putShort((short) group);
    }
    return bytes.array();
  }

  private static BigDecimal read(byte[] value, Decimal type) {
    RowBatch batch = new RowBatch(List.of(new Column("n", type)));
    byte[] within = new byte[value.length + 3];
    System.arraycopy(value, 0, within, 3, value.length);
    new BinaryNumeric(type).read(within, 3, value.length, batch.column(0));
    return (BigDecimal) BatchValues.row(batch, 0).get(0);
  }

  @Test
  void everyNumberOfEveryTypeIsReadAsItIs() {
    Random random = new Random(7);
    for (int i = 0; i < 50_000; i++) {
      int precision = 1 + random.nextInt(38);
      int scale = random.nextInt(precision + 1);
      int digits = random.nextInt(precision + 1);
      BigInteger unscaled =
          new BigInteger(130, random)
              .mod(BigInteger.TEN.pow(digits))
              .multiply(BigInteger.TEN.pow(random.nextInt(precision - digits + 1)));
      BigDecimal number =
          new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), scale);

      assertThat(read(sent(number), new Decimal(precision, scale)))
          .as("decimal(%d,%d)", precision, scale)
          .isEqualTo(number);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 9, 10, 18, 19, 38})
  void theLargestNumberFitsAndTheNextDoesNot(int precision) {
    for (int scale = 0; scale <= precision; scale++) {
      Decimal type = new Decimal(precision, scale);
      BigDecimal next = new BigDecimal(BigInteger.TEN.pow(precision), scale);
      BigDecimal largest = next.subtract(BigDecimal.ONE.movePointLeft(scale));

      assertThat(read(sent(largest), type)).isEqualTo(largest);
      assertThat(read(sent(largest.negate()), type)).isEqualTo(largest.negate());
      assertThatThrownBy(() -> read(sent(next), type)).isInstanceOf(ArithmeticException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 18, 38})
  void moreDigitsThanTheScaleHasAreRefusedRatherThanRounded(int precision) {
    for (String number : List.of("0.001", "1.2345", "0.00000001", "12.341")) {
      assertThatThrownBy(() -> read(sent(new BigDecimal(number)), new Decimal(precision, 2)))
          .isInstanceOf(ArithmeticException.class);
    }
    assertThat(read(sent(1, POSITIVE, 0, 12, 3400, 0), new Decimal(precision, 2)))
        .as("zeros in front and behind")
        .isEqualTo(new BigDecimal("12.34"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC000, 0xD000, 0xF000})
  void whatIsNoFiniteNumberIsRefused(int sign) {
    assertThatThrownBy(() -> read(sent(0, sign), new Decimal(9, 2)))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> read(sent(0, sign), new Decimal(38, 2)))
        .isInstanceOf(ArithmeticException.class);
  }
}
