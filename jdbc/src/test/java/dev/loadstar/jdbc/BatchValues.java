package dev.loadstar.jdbc;

import dev.loadstar.core.row.RowBatch;
import dev.loadstar.core.row.ValueBuffer;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A batch's rows as {@link RowSource} has them. */
public final class BatchValues {
  private BatchValues() {}

  public static List<Object> row(RowBatch batch, int row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < batch.columns().size(); i++) {
      values.add(value(batch.column(i), batch.columns().get(i).type(), row));
    }
    return values;
  }

  private static Object value(ValueBuffer values, ColumnType type, int row) {
    if (values.isNull(row)) {
      return null;
    }
    if (!ValueBuffer.isNumber(type)) {
      int start = values.start(row);
      byte[] bytes = Arrays.copyOfRange(values.bytes(), start, start + values.length(row));
      return type instanceof Decimal decimal
          ? (Object) new BigDecimal(new BigInteger(bytes), decimal.scale())
          : type == Simple.TEXT ? new String(bytes, StandardCharsets.UTF_8) : bytes;
    }
    long number = values.number(row);
    if (type instanceof Decimal decimal) {
      return BigDecimal.valueOf(number, decimal.scale());
    }
    return switch ((Simple) type) {
      case BOOLEAN -> number == 1;
      case INT, DATE -> Math.toIntExact(number);
      case FLOAT -> Float.intBitsToFloat((int) number);
      case DOUBLE -> Double.longBitsToDouble(number);
      default -> number;
    };
  }
}
