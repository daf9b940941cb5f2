package dev.loadstar.core.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtentMeterTest {
  private static Extent of(ColumnType type, Object... values) {
    ExtentMeter meter = new ExtentMeter(type);
    for (Object value : values) {
      meter.add(value);
    }
    return meter.extent();
  }

  @Test
  void textIsCountedInCodePointsAndInBytesOfUtf8() {
    assertThat(of(Simple.TEXT, "abc", null, "é\uD83D\uDE00"))
        .isEqualTo(Extent.NONE.withCharacters(3, 0x1F600).withBytes(6));
    assertThat(of(Simple.TEXT, "€€€€"))
        .isEqualTo(Extent.NONE.withCharacters(4, 0x20AC).withBytes(12));
    assertThat(of(Simple.BINARY, new byte[5])).isEqualTo(Extent.NONE.withBytes(5));
  }

  @Test
  void wholeNumbersNeedBitsAndDigits() {
    assertThat(of(Simple.INT, 0)).isEqualTo(Extent.NONE.withBits(1, false));
    assertThat(of(Simple.INT, 127, -128).integerBits()).isEqualTo(8);
    assertThat(of(Simple.INT, 128).integerBits()).isEqualTo(9);
    assertThat(of(Simple.BIGINT, -32769L).integerBits()).isEqualTo(17);
    assertThat(of(Simple.BIGINT, Long.MIN_VALUE))
        .isEqualTo(Extent.NONE.withBits(64, true).withDigits(19, true));
    assertThat(of(Simple.BIGINT, Long.MAX_VALUE).integerBits()).isEqualTo(64);
  }

  @Test
  void exactNumbersNeedTheDigitsBeforeThePoint() {
    Decimal type = new Decimal(38, 10);
    assertThat(of(type, new BigDecimal("0.0000000001"), BigDecimal.ZERO)).isEqualTo(Extent.NONE);
    assertThat(of(type, new BigDecimal("999.9999000000")))
        .isEqualTo(Extent.NONE.withDigits(3, false));
    assertThat(of(type, new BigDecimal("-1000"), new BigDecimal("1E+6")))
        .isEqualTo(Extent.NONE.withDigits(7, true));
    assertThat(of(Simple.DOUBLE, 1e300, -0.0d)).isEqualTo(Extent.NONE);
  }

  @Test
  void timesNeedTheDigitsOfTheirFraction() {
    assertThat(of(Simple.TIMESTAMP, 5_000_000L, -1_000_000L)).isEqualTo(Extent.NONE);
    assertThat(of(Simple.TIMESTAMP, 5_120_000L).secondDigits()).isEqualTo(2);
    assertThat(of(Simple.LOCAL_TIMESTAMP, -1L).secondDigits()).isEqualTo(6);
  }

  private static Extent ofBytes(ColumnType type, byte[]... values) {
    ExtentMeter meter = new ExtentMeter(type);
    for (byte[] value : values) {
      meter.add(value, 0, value.length);
    }
    return meter.extent();
  }

  private static Extent ofNumbers(ColumnType type, long... values) {
    ExtentMeter meter = new ExtentMeter(type);
    for (long value : values) {
      meter.add(value);
    }
    return meter.extent();
  }

  @Test
  void valuesInBuffersNeedWhatTheSameObjectsNeed() {
    for (String text : List.of("", "abc", "\u007f\u0080", "é\u07ff\u0800", "€\uffff\uD83D\uDE00")) {
      assertThat(ofBytes(Simple.TEXT, text.getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(of(Simple.TEXT, text));
    }
    for (long number : new long[] {0, 9, -10, 99, 100, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertThat(ofNumbers(Simple.BIGINT, 12, number)).isEqualTo(of(Simple.BIGINT, 12L, number));
      BigInteger unscaled = BigInteger.valueOf(number);
      Decimal wide = new Decimal(38, 4);
      assertThat(ofBytes(wide, unscaled.toByteArray(), unscaled.pow(2).toByteArray()))
          .isEqualTo(of(wide, new BigDecimal(unscaled, 4), new BigDecimal(unscaled.pow(2), 4)));
    }
    Decimal narrow = new Decimal(18, 4);
    assertThat(ofNumbers(narrow, -9_999, 10_000, 0))
        .isEqualTo(
            of(narrow, new BigDecimal("-0.9999"), new BigDecimal("1.0000"), BigDecimal.ZERO));
    assertThat(ofNumbers(Simple.DOUBLE, Double.doubleToRawLongBits(-1.5)))
        .isEqualTo(of(Simple.DOUBLE, -1.5));
    assertThat(ofNumbers(Simple.TIMESTAMP, 5_120_000L)).isEqualTo(of(Simple.TIMESTAMP, 5_120_000L));
  }

  @Test
  void bothNeedTheLargerOfEach() {
    Extent text = Extent.NONE.withCharacters(3, 'z').withBytes(9);
    Extent number = Extent.NONE.withDigits(2, true).withSecondDigits(1);
    assertThat(text.and(number))
        .isEqualTo(new Extent(3, 9, 'z', 2, 0, true, 1))
        .isEqualTo(number.and(text));
    assertThat(text.and(Extent.UNBOUNDED)).isEqualTo(Extent.UNBOUNDED);
  }
}
