package dev.loadstar.tables.stored;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.row.RowBatch;
import dev.loadstar.core.row.ValueBuffer;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Puts values of {@link dev.loadstar.lake.parquet.RowWriter}'s Java types into a batch. */
final class ObjectRows {
  private ObjectRows() {}

  /**
   * @throws LoadException for a value that its column has no room for
   */
  static void put(Object[] row, RowBatch batch) {
    for (int i = 0; i < batch.columns().size(); i++) {
      put(row[i], batch.columns().get(i), batch.column(i));
    }
  }

  /**
   * @param column what the buffer is of
   */
  static void put(Object value, Column column, ValueBuffer into) {
    if (value == null) {
      into.addNull();
      return;
    }
    try {
      add(value, column, into);
    } catch (ClassCastException e) {
      throw new LoadException(
          ErrorCode.INTERNAL,
          "Cannot write column %s: found %s, expected a value for %s. Please report this."
              .formatted(column.name(), value.getClass().getSimpleName(), column.type().text()),
          e);
    }
  }

  private static void add(Object value, Column column, ValueBuffer into) {
    if (column.type() instanceof Decimal decimal) {
      BigInteger unscaled = unscaled((BigDecimal) value, column.name(), decimal);
      if (ValueBuffer.isNumber(decimal)) {
        into.add(unscaled.longValueExact());
      } else {
        add(unscaled.toByteArray(), into);
      }
      return;
    }
    switch ((Simple) column.type()) {
      case TEXT -> add(((String) value).getBytes(StandardCharsets.UTF_8), into);
      case BINARY -> add((byte[]) value, into);
      case BOOLEAN -> into.add((Boolean) value ? 1 : 0);
      case INT, DATE -> into.add((Integer) value);
      case BIGINT, TIMESTAMP, LOCAL_TIMESTAMP -> into.add((Long) value);
      case FLOAT -> into.add(Float.floatToRawIntBits((Float) value));
      case DOUBLE -> into.add(Double.doubleToRawLongBits((Double) value));
    }
  }

  private static void add(byte[] bytes, ValueBuffer into) {
    into.add(bytes, 0, bytes.length);
  }

  private static BigInteger unscaled(BigDecimal value, String column, Decimal type) {
    BigDecimal number = value.scale() > type.scale() ? value.stripTrailingZeros() : value;
    if (number.scale() <= type.scale()) {
      number = number.setScale(type.scale());
      if (number.precision() <= type.precision()) {
        return number.unscaledValue();
      }
    }
    throw new LoadException(
        ErrorCode.SOURCE_DATA_UNREADABLE,
        "Cannot write column %s: found a number with more digits, expected %s. Declare a wider type."
            .formatted(column, type.text()));
  }
}
