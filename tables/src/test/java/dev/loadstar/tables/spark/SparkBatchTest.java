package dev.loadstar.tables.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.row.RowBatch;
import dev.loadstar.core.row.ValueBuffer;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class SparkBatchTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("text", Simple.TEXT),
          new Column("flag", Simple.BOOLEAN),
          new Column("narrow", new ColumnType.Decimal(18, 2)),
          new Column("wide", new ColumnType.Decimal(19, 4)),
          new Column("double", Simple.DOUBLE),
          new Column("binary", Simple.BINARY));

  private static InternalRow unsafe(InternalRow row) {
    return UnsafeProjection.create(SparkTypes.schema(COLUMNS)).apply(row);
  }

  private static RowBatch batch(InternalRow row) {
    RowBatch batch = new RowBatch(COLUMNS);
    new SparkBatch(COLUMNS).put(row, batch);
    return batch;
  }

  private static byte[] bytes(ValueBuffer values) {
    return Arrays.copyOfRange(values.bytes(), 0, values.length(0));
  }

  @Test
  void rowsOfBothKindsSayTheSame() {
    PlainRows plain = new PlainRows(COLUMNS);
    BigDecimal wide = new BigDecimal("-123456789012345.6789");
    InternalRow row =
        plain.write(
            new Object[] {"Zoë €", true, new BigDecimal("-1.20"), wide, -0.0, new byte[] {7}});
    for (InternalRow either : List.of(row, unsafe(row))) {
      RowBatch batch = batch(either);
      assertThat(new String(bytes(batch.column(0)), StandardCharsets.UTF_8)).isEqualTo("Zoë €");
      assertThat(batch.column(1).number(0)).isEqualTo(1);
      assertThat(batch.column(2).number(0)).isEqualTo(-120);
      assertThat(new BigInteger(bytes(batch.column(3)))).isEqualTo(wide.unscaledValue());
      assertThat(batch.column(4).number(0)).isEqualTo(Double.doubleToRawLongBits(-0.0));
      assertThat(bytes(batch.column(5))).containsExactly(7);
    }
  }

  @Test
  void nothingIsNothing() {
    RowBatch batch = batch(unsafe(new GenericInternalRow(new Object[COLUMNS.size()])));
    for (int i = 0; i < COLUMNS.size(); i++) {
      assertThat(batch.column(i).isNull(0)).isTrue();
    }
  }

  @Test
  void bytesThatAreNoTextAreWrittenAsWhatTheyReadAs() {
    Object[] values = new Object[COLUMNS.size()];
    values[0] = UTF8String.fromBytes(new byte[] {'a', (byte) 0xff});
    assertThat(
            new String(
                bytes(batch(unsafe(new GenericInternalRow(values))).column(0)),
                StandardCharsets.UTF_8))
        .isEqualTo("a\uFFFD");
  }
}
