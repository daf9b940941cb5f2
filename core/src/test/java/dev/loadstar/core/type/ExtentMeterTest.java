package dev.loadstar.core.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import java.math.BigDecimal;
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
