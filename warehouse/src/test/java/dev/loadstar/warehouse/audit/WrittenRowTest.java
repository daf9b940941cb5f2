package dev.loadstar.warehouse.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Literal texts: who changes one changes the checksum of every warehouse there is. */
class WrittenRowTest {
  private final List<Column> columns = new ArrayList<>();
  private final List<Object> row = new ArrayList<>();

  private WrittenRowTest with(ColumnType type, Object value) {
    columns.add(new Column("c" + columns.size(), type));
    row.add(value);
    return this;
  }

  private String written() {
    return new String(WrittenRow.of(row.toArray(), columns), StandardCharsets.UTF_8);
  }

  @Test
  void everyTypeHasOneWrittenForm() {
    with(Simple.TEXT, "K\u00f6ln")
        .with(Simple.TEXT, "")
        .with(Simple.TEXT, null)
        .with(Simple.BOOLEAN, true)
        .with(Simple.INT, -7)
        .with(Simple.BIGINT, Long.MIN_VALUE)
        .with(Simple.FLOAT, 14.4f)
        .with(Simple.DOUBLE, 1e21)
        .with(new Decimal(19, 4), new BigDecimal("10.5000"))
        .with(new Decimal(19, 4), new BigDecimal("0.0000"))
        .with(new Decimal(19, 0), new BigDecimal("1E+3"))
        .with(Simple.DATE, 19_723)
        .with(Simple.TIMESTAMP, 1_704_110_400_000_000L)
        .with(Simple.TIMESTAMP, 1_704_110_400_000_001L)
        .with(Simple.LOCAL_TIMESTAMP, 1_704_110_400_500_000L)
        .with(Simple.BINARY, new byte[] {0, (byte) 0xAB});
    assertThat(written())
        .isEqualTo(
            "5;K\u00f6ln0;-;4;true2;-720;-92233720368547758084;14.422;1000000000000000000000"
                + "4;10.51;04;1000"
                + "10;2024-01-0120;2024-01-01T12:00:00Z27;2024-01-01T12:00:00.000001Z"
                + "23;2024-01-01T12:00:00.5004;00ab");
  }

  @Test
  void whereAValueEndsMakesADifference() {
    String one = with(Simple.TEXT, "a").with(Simple.TEXT, "bc").written();
    String other = new WrittenRowTest().with(Simple.TEXT, "ab").with(Simple.TEXT, "c").written();
    assertThat(one).isEqualTo("1;a2;bc");
    assertThat(other).isEqualTo("2;ab1;c");
  }
}
