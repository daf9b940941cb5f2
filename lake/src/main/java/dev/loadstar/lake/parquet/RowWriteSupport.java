package dev.loadstar.lake.parquet;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Hands a row's values to Parquet, column by column. */
final class RowWriteSupport extends WriteSupport<Object[]> {
  /** Writes one value that is not null. */
  private interface ValueWriter {
    void write(RecordConsumer out, Object value);
  }

  private final Column[] columns;
  private final ValueWriter[] writers;
  private RecordConsumer out;

  RowWriteSupport(List<Column> columns) {
    this.columns = columns.toArray(Column[]::new);
    this.writers = columns.stream().map(RowWriteSupport::writer).toArray(ValueWriter[]::new);
  }

  @Override
  @SuppressWarnings("deprecation") // abstract, so it must be here
  public WriteContext init(Configuration configuration) {
    return new WriteContext(ParquetSchema.of(List.of(columns)), Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    out = consumer;
  }

  @Override
  public void write(Object[] values) {
    out.startMessage();
    for (int i = 0; i < writers.length; i++) {
      Object value = values[i];
      if (value != null) {
        String name = columns[i].name();
        out.startField(name, i);
        try {
          writers[i].write(out, value);
        } catch (ClassCastException e) {
          throw new LoadException(
              ErrorCode.INTERNAL,
              "Cannot write column %s: found %s, expected a value for %s. Please report this."
                  .formatted(name, value.getClass().getSimpleName(), columns[i].type().text()),
              e);
        }
        out.endField(name, i);
      }
    }
    out.endMessage();
  }

  private static ValueWriter writer(Column column) {
    if (column.type() instanceof Decimal decimal) {
      return decimalWriter(column.name(), decimal);
    }
    return switch ((Simple) column.type()) {
      case TEXT -> (out, value) -> out.addBinary(Binary.fromString((String) value));
      case BINARY -> (out, value) -> out.addBinary(Binary.fromReusedByteArray((byte[]) value));
      case BOOLEAN -> (out, value) -> out.addBoolean((Boolean) value);
      case INT, DATE -> (out, value) -> out.addInteger((Integer) value);
      case BIGINT, TIMESTAMP, LOCAL_TIMESTAMP -> (out, value) -> out.addLong((Long) value);
      case FLOAT -> (out, value) -> out.addFloat((Float) value);
      case DOUBLE -> (out, value) -> out.addDouble((Double) value);
    };
  }

  private static ValueWriter decimalWriter(String name, Decimal type) {
    int precision = type.precision();
    if (precision <= 9) {
      return (out, value) -> out.addInteger(unscaled(name, type, value).intValueExact());
    }
    if (precision <= 18) {
      return (out, value) -> out.addLong(unscaled(name, type, value).longValueExact());
    }
    int length = ParquetSchema.bytes(precision);
    return (out, value) -> {
      byte[] number = unscaled(name, type, value).toByteArray();
      byte[] padded = new byte[length];
      Arrays.fill(padded, 0, length - number.length, (byte) (number[0] < 0 ? -1 : 0));
      System.arraycopy(number, 0, padded, length - number.length, number.length);
      out.addBinary(Binary.fromConstantByteArray(padded));
    };
  }

  private static BigInteger unscaled(String name, Decimal type, Object value) {
    BigDecimal number = (BigDecimal) value;
    if (number.scale() != type.scale()) {
      if (number.scale() > type.scale()) {
        number = number.stripTrailingZeros();
      }
      if (number.scale() > type.scale()) {
        throw tooLong(name, type);
      }
      number = number.setScale(type.scale());
    }
    if (number.precision() > type.precision()) {
      throw tooLong(name, type);
    }
    return number.unscaledValue();
  }

  private static LoadException tooLong(String name, Decimal type) {
    return new LoadException(
        ErrorCode.SOURCE_DATA_UNREADABLE,
        "Cannot write column %s: found a number with more digits, expected %s. Declare a wider type."
            .formatted(name, type.text()));
  }
}
