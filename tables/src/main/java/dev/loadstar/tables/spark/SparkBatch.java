package dev.loadstar.tables.spark;

import dev.loadstar.core.row.RowBatch;
import dev.loadstar.core.row.ValueBuffer;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** Puts Spark's own rows into a batch, value by value without an object for each. */
final class SparkBatch {
  private final ColumnType[] types;

  SparkBatch(List<Column> columns) {
    types = columns.stream().map(Column::type).toArray(ColumnType[]::new);
  }

  /**
   * @param row its first columns are ours
   */
  void put(InternalRow row, RowBatch batch) {
    UnsafeRow own = row instanceof UnsafeRow u && u.getBaseObject() instanceof byte[] ? u : null;
    for (int i = 0; i < types.length; i++) {
      ValueBuffer into = batch.column(i);
      if (row.isNullAt(i)) {
        into.addNull();
      } else if (own != null && !ValueBuffer.isNumber(types[i])) {
        inPlace(own, i, types[i] == Simple.TEXT, into);
      } else if (types[i] instanceof Decimal decimal) {
        decimal(row, i, decimal, into);
      } else {
        simple(row, i, (Simple) types[i], into);
      }
    }
  }

  /** Bytes from where the row has them, without an object for them. */
  private static void inPlace(UnsafeRow row, int i, boolean text, ValueBuffer into) {
    byte[] bytes = (byte[]) row.getBaseObject();
    long place = row.getLong(i); // offset within the row, and size
    int size = (int) place;
    int start = (int) (row.getBaseOffset() + (place >>> 32) - Platform.BYTE_ARRAY_OFFSET);
    if (!text || isAscii(bytes, start, size)) {
      into.add(bytes, start, size);
    } else {
      text(row.getUTF8String(i), into);
    }
  }

  private static void simple(InternalRow row, int i, Simple type, ValueBuffer into) {
    switch (type) {
      case TEXT -> text(row.getUTF8String(i), into);
      case BOOLEAN -> into.add(row.getBoolean(i) ? 1 : 0);
      case INT, DATE -> into.add(row.getInt(i));
      case BIGINT, TIMESTAMP, LOCAL_TIMESTAMP -> into.add(row.getLong(i));
      case FLOAT -> into.add(Float.floatToRawIntBits(row.getFloat(i)));
      case DOUBLE -> into.add(Double.doubleToRawLongBits(row.getDouble(i)));
      case BINARY -> add(row.getBinary(i), into);
    }
  }

  private static void add(byte[] bytes, ValueBuffer into) {
    into.add(bytes, 0, bytes.length);
  }

  /** Spark's rows hold a decimal as our buffers do. */
  private static void decimal(InternalRow row, int i, Decimal type, ValueBuffer into) {
    boolean number = ValueBuffer.isNumber(type);
    if (number && row instanceof UnsafeRow) {
      into.add(row.getLong(i));
      return;
    }
    org.apache.spark.sql.types.Decimal value = row.getDecimal(i, type.precision(), type.scale());
    if (number) {
      into.add(value.toUnscaledLong());
    } else {
      add(value.toJavaBigDecimal().unscaledValue().toByteArray(), into);
    }
  }

  /** What is no UTF-8 is written as what it reads as. */
  private static void text(UTF8String text, ValueBuffer into) {
    int size = text.numBytes();
    if (!(text.getBaseObject() instanceof byte[] bytes)) {
      add(text.toString().getBytes(StandardCharsets.UTF_8), into);
      return;
    }
    int start = (int) (text.getBaseOffset() - Platform.BYTE_ARRAY_OFFSET);
    if (isAscii(bytes, start, size) || text.isValid()) {
      into.add(bytes, start, size);
    } else {
      add(text.toString().getBytes(StandardCharsets.UTF_8), into);
    }
  }

  private static boolean isAscii(byte[] bytes, int start, int size) {
    int all = 0;
    for (int i = start; i < start + size; i++) {
      all |= bytes[i];
    }
    return all >= 0;
  }
}
