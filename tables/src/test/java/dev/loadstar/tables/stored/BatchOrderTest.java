package dev.loadstar.tables.stored;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.row.RowBatch;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.tables.KeyOrder;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows in batches are ordered as rows of objects are. */
class BatchOrderTest {
  private static final List<String> TYPES =
      List.of(
          "text",
          "boolean",
          "int",
          "bigint",
          "float",
          "double",
          "date",
          "binary",
          "decimal(18,2)",
          "decimal(38,2)");
  private static final List<List<Object>> VALUES =
      List.of(
          List.of("", "a", "ab", "\uffff", "\uD83D\uDE00"),
          List.of(false, true),
          List.of(Integer.MIN_VALUE, -1, 0),
          List.of(-1L, 0L, Long.MAX_VALUE),
          List.of(-1f, -0f, 0f, Float.NaN),
          List.of(Double.NEGATIVE_INFINITY, -0d, 0d, 2d, Double.NaN),
          List.of(-400_000, 7),
          List.of(new byte[0], new byte[] {1}, new byte[] {-1}),
          List.of(new BigDecimal("-0.01"), new BigDecimal("0"), new BigDecimal("100")),
          List.of(new BigDecimal("-12345678901234567890"), new BigDecimal("1"), BigDecimal.TEN));

  @Test
  void batchesRiseWhereRowsDo() {
    for (int type = 0; type < TYPES.size(); type++) {
      Column column = new Column("k", ColumnType.parse(TYPES.get(type)).orElseThrow());
      for (Object one : VALUES.get(type)) {
        for (Object other : VALUES.get(type)) {
          assertSame(column, one, other);
        }
        assertSame(column, null, one);
        assertSame(column, one, null);
      }
      assertSame(column, null, null);
    }
  }

  private static void assertSame(Column column, Object one, Object other) {
    Column beside = new Column("v", ColumnType.Simple.INT);
    List<Column> columns = List.of(beside, column);
    boolean expected = KeyOrder.compare(one, other, column.type()) < 0;
    for (boolean apart : List.of(false, true)) {
      BatchOrder order = new BatchOrder(columns, List.of("k"));
      RowBatch batch = new RowBatch(columns);
      ObjectRows.put(new Object[] {7, one}, batch);
      assertThat(order.rises(batch)).isTrue();
      if (apart) {
        order.end(batch);
        batch.clear();
      }
      ObjectRows.put(new Object[] {7, other}, batch);
      assertThat(order.rises(batch)).as("%s: %s, %s", column, one, other).isEqualTo(expected);
    }
  }
}
