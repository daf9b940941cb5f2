package dev.loadstar.core.type;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnTypeTest {
  @Test
  void theWrittenFormReadsBack() {
    for (ColumnType type : ColumnType.Simple.values()) {
      assertThat(ColumnType.parse(type.text())).contains(type);
    }
    assertThat(ColumnType.parse("decimal(18, 2)")).contains(new ColumnType.Decimal(18, 2));
    assertThat(ColumnType.parse("decimal(18,2)").map(ColumnType::text)).contains("decimal(18,2)");
  }

  @Test
  void thereIsNoSuchTypeAsAnUnboundDecimal() {
    assertThat(ColumnType.parse("decimal(39,2)")).isEmpty();
    assertThat(ColumnType.parse("decimal(5,6)")).isEmpty();
    assertThat(ColumnType.parse("varchar")).isEmpty();
  }
}
