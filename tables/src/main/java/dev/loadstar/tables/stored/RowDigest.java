package dev.loadstar.tables.stored;

import dev.loadstar.core.row.RowBatch;
import dev.loadstar.core.row.ValueBuffer;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * Adds up 128 bits a row, so that neither the order of rows nor their files matter. Tells two
 * histories apart that chance brought forth, not one that was forged. Not thread safe.
 */
public final class RowDigest {
  /** Two sums modulo 2^64. */
  public record Sum(long high, long low) implements Serializable {
    public static final Sum ZERO = new Sum(0, 0);

    public Sum plus(Sum other) {
      return new Sum(high + other.high, low + other.low);
    }

    @Override
    public String toString() {
      return "%016x%016x".formatted(high, low);
    }
  }

  /** Numbers below it have no more than 18 digits. */
  private static final long SHORT = 1_000_000_000_000_000_000L;

  private final ColumnType[] types;
  private byte[] bytes = new byte[512];
  private int length;
  private long high;
  private long low;

  public RowDigest(List<Column> columns) {
    types = columns.stream().map(Column::type).toArray(ColumnType[]::new);
  }

  /**
   * @param batch its first columns are the digest's
   * @param deleted whether the row says that its key goes
   */
  public void add(RowBatch batch, int row, boolean deleted) {
    length = 0;
    put((byte) (deleted ? 1 : 0));
    for (int i = 0; i < types.length; i++) {
      value(batch.column(i), row, types[i]);
    }
    long[] hash = MurmurHash3.hash128x64(bytes, 0, length, 0);
    high += hash[0];
    low += hash[1];
  }

  public Sum sum() {
    return new Sum(high, low);
  }

  private void value(ValueBuffer values, int row, ColumnType type) {
    if (values.isNull(row)) {
      put((byte) 0);
      return;
    }
    put((byte) 1);
    if (!ValueBuffer.isNumber(type)) {
      if (type instanceof ColumnType.Decimal) {
        decimal(values.bytes(), values.start(row), values.length(row));
      } else {
        bytes(values.bytes(), values.start(row), values.length(row));
      }
      return;
    }
    long number = values.number(row);
    if (type == Simple.BOOLEAN) {
      put((byte) number);
    } else if (type == Simple.FLOAT) {
      put(Float.floatToIntBits(Float.intBitsToFloat((int) number))); // there are many NaNs
    } else if (type == Simple.DOUBLE) {
      put(Double.doubleToLongBits(Double.longBitsToDouble(number)));
    } else {
      put(number);
    }
  }

  /** A short number is digested alike in a wide column and in a narrow one. */
  private void decimal(byte[] from, int start, int size) {
    if (size <= Long.BYTES) {
      long number = from[start];
      for (int i = 1; i < size; i++) {
        number = number << Byte.SIZE | from[start + i] & 0xff;
      }
      if (number < SHORT && number > -SHORT) {
        put(number);
        return;
      }
    }
    bytes(from, start, size);
  }

  private void bytes(byte[] from, int start, int size) {
    put((long) size);
    room(size);
    System.arraycopy(from, start, bytes, length, size);
    length += size;
  }

  private void put(byte one) {
    room(1);
    bytes[length++] = one;
  }

  private void put(long number) {
    room(Long.BYTES);
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      bytes[length++] = (byte) (number >> shift);
    }
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
