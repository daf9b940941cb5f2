package dev.loadstar.lake.parquet;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.row.ColumnValues;
import dev.loadstar.core.row.ValueBuffer;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/** Hands the values of one column to Parquet, row group after row group. */
final class ColumnSink {
  /**
   * All columns are optional and in nothing that is, so there are two levels: no value, and one.
   */
  private static final int ONE = 1;

  private static final int NONE = 0;

  /** Parquet's defaults, but for what only nested columns need. */
  static final ParquetProperties PROPERTIES =
      ParquetProperties.builder().withSizeStatisticsEnabled(false).build();

  /**
   * For long numbers with decimal places: nobody looks rows up by such, and to compare two of them
   * takes longer than to write one.
   */
  private static final ParquetProperties UNCOMPARED =
      ParquetProperties.builder()
          .withSizeStatisticsEnabled(false)
          .withStatisticsEnabled(false)
          .build();

  /** Writes a value that is not null. */
  private interface ObjectWriter {
    void write(ColumnWriter out, Object value);
  }

  /** Writes a value of a buffer that is not null. */
  private interface BufferWriter {
    void write(ColumnWriter out, ValueBuffer values, int row);
  }

  private final Column column;
  private final ColumnDescriptor descriptor;
  private final MessageType alone;
  private final ObjectWriter objects;
  private final BufferWriter buffers;
  private final ParquetProperties properties;
  private ColumnChunkPageWriteStore pages;
  private ColumnWriteStore store;
  private ColumnWriter out;
  private Object repeated;
  private int repetitions;

  /**
   * @param schema of the file
   * @param place of the column in it
   */
  ColumnSink(Column column, MessageType schema, int place) {
    this.column = column;
    this.descriptor = schema.getColumns().get(place);
    this.alone = ParquetSchema.alone(schema, place);
    this.objects = objects(column);
    this.buffers = buffers(column);
    this.properties =
        column.type() instanceof Decimal decimal
                && decimal.scale() > 0
                && !ValueBuffer.isNumber(decimal)
            ? UNCOMPARED
            : PROPERTIES;
  }

  /** Begins a row group. */
  void into(ColumnChunkPageWriteStore rowGroup) {
    pages = rowGroup;
    repetitions = 0;
  }

  void write(Object value) {
    open();
    add(value);
    store.endRecord();
  }

  private void add(Object value) {
    if (value == null) {
      out.writeNull(0, NONE);
      return;
    }
    try {
      objects.write(out, value);
    } catch (ClassCastException e) {
      throw new LoadException(
          ErrorCode.INTERNAL,
          "Cannot write column %s: found %s, expected a value for %s. Please report this."
              .formatted(column.name(), value.getClass().getSimpleName(), column.type().text()),
          e);
    }
  }

  void write(ColumnValues values, int rows) {
    if (values instanceof ColumnValues.Same same) {
      repeat(same.value(), rows);
      return;
    }
    if (store == null && values instanceof ValueBuffer buffer && buffer.isOneValue()) {
      Object one = rows == 0 || buffer.isNull(0) ? null : RepeatedValue.of(column.type(), buffer);
      if (rows == 0 || buffer.isNull(0) || one != null) {
        repeat(one, rows);
        return;
      }
    }
    open();
    if (values instanceof ValueBuffer buffer) {
      for (int row = 0; row < rows; row++) {
        if (buffer.isNull(row)) {
          out.writeNull(0, NONE);
        } else {
          buffers.write(out, buffer, row);
        }
      }
    } else {
      long first = ((ColumnValues.Numbers) values).first();
      for (int row = 0; row < rows; row++) {
        out.write(first + row, 0, ONE);
      }
    }
    endRecords(rows);
  }

  /** Only counts, as long as a row group has nothing else. */
  private void repeat(Object value, int rows) {
    Object kept = value instanceof String text ? Binary.fromString(text) : value;
    boolean first = repetitions == 0;
    if (store == null && RepeatedValue.fits(kept) && (first || Objects.equals(kept, repeated))) {
      repeated = kept;
      repetitions += rows;
      return;
    }
    open();
    replay(kept, rows);
  }

  private void replay(Object value, int rows) {
    for (int row = 0; row < rows; row++) {
      if (value instanceof Binary bytes) {
        out.write(bytes, 0, ONE);
      } else {
        add(value);
      }
    }
    endRecords(rows);
  }

  private void open() {
    if (store == null) {
      store = properties.newColumnWriteStore(alone, pages, pages);
      out = store.getColumnWriter(descriptor);
      replay(repeated, repetitions);
    }
  }

  private void endRecords(int rows) {
    for (int row = 0; row < rows; row++) {
      store.endRecord();
    }
  }

  long bufferedSize() {
    return store == null ? 0 : store.getBufferedSize();
  }

  /** Hands the row group's pages over. */
  void flush() throws IOException {
    if (store == null) {
      RepeatedValue.write(pages.getPageWriter(descriptor), descriptor, repeated, repetitions);
    } else {
      store.flush();
    }
  }

  /** Ends a row group, flushed or not. */
  void release() {
    if (store != null) {
      store.close();
      store = null;
    }
  }

  private static ObjectWriter objects(Column column) {
    if (column.type() instanceof Decimal decimal) {
      return decimals(column.name(), decimal);
    }
    return switch ((Simple) column.type()) {
      case TEXT -> (out, value) -> out.write(Binary.fromString((String) value), 0, ONE);
      case BINARY -> (out, value) -> out.write(Binary.fromReusedByteArray((byte[]) value), 0, ONE);
      case BOOLEAN -> (out, value) -> out.write((Boolean) value, 0, ONE);
      case INT, DATE -> (out, value) -> out.write((Integer) value, 0, ONE);
      case BIGINT, TIMESTAMP, LOCAL_TIMESTAMP -> (out, value) -> out.write((Long) value, 0, ONE);
      case FLOAT -> (out, value) -> out.write((Float) value, 0, ONE);
      case DOUBLE -> (out, value) -> out.write((Double) value, 0, ONE);
    };
  }

  private static ObjectWriter decimals(String name, Decimal type) {
    if (type.precision() <= 9) {
      return (out, value) -> out.write(unscaled(name, type, value).intValueExact(), 0, ONE);
    }
    if (type.precision() <= 18) {
      return (out, value) -> out.write(unscaled(name, type, value).longValueExact(), 0, ONE);
    }
    int length = ParquetSchema.bytes(type.precision());
    return (out, value) -> {
      byte[] number = unscaled(name, type, value).toByteArray();
      out.write(padded(number, 0, number.length, length), 0, ONE);
    };
  }

  private static BufferWriter buffers(Column column) {
    if (column.type() instanceof Decimal decimal) {
      int length = ParquetSchema.bytes(decimal.precision());
      return decimal.precision() <= 9
          ? (out, values, row) -> out.write((int) values.number(row), 0, ONE)
          : decimal.precision() <= 18
              ? (out, values, row) -> out.write(values.number(row), 0, ONE)
              : (out, values, row) ->
                  out.write(
                      padded(values.bytes(), values.start(row), values.length(row), length),
                      0,
                      ONE);
    }
    return switch ((Simple) column.type()) {
      case TEXT, BINARY ->
          (out, values, row) ->
              out.write(
                  Binary.fromReusedByteArray(values.bytes(), values.start(row), values.length(row)),
                  0,
                  ONE);
      case BOOLEAN -> (out, values, row) -> out.write(values.number(row) != 0, 0, ONE);
      case INT, DATE -> (out, values, row) -> out.write((int) values.number(row), 0, ONE);
      case BIGINT, TIMESTAMP, LOCAL_TIMESTAMP ->
          (out, values, row) -> out.write(values.number(row), 0, ONE);
      case FLOAT ->
          (out, values, row) -> out.write(Float.intBitsToFloat((int) values.number(row)), 0, ONE);
      case DOUBLE ->
          (out, values, row) -> out.write(Double.longBitsToDouble(values.number(row)), 0, ONE);
    };
  }

  /** A signed number, highest byte first, in as many bytes as its column has. */
  private static Binary padded(byte[] bytes, int start, int size, int length) {
    byte[] padded = new byte[length];
    Arrays.fill(padded, 0, length - size, (byte) (bytes[start] < 0 ? -1 : 0));
    System.arraycopy(bytes, start, padded, length - size, size);
    return Binary.fromConstantByteArray(padded);
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
