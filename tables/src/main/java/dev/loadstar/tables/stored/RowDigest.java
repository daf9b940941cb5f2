package dev.loadstar.tables.stored;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

  private final ColumnType[] types;
  private byte[] bytes = new byte[512];
  private int length;
  private long high;
  private long low;

  public RowDigest(List<Column> columns) {
    types = columns.stream().map(Column::type).toArray(ColumnType[]::new);
  }

  /**
   * @param deleted whether the row says that its key goes
   */
  public void add(Object[] row, boolean deleted) {
    length = 0;
    put((byte) (deleted ? 1 : 0));
    for (int i = 0; i < types.length; i++) {
      value(row[i], types[i]);
    }
    long[] hash = MurmurHash3.hash128x64(bytes, 0, length, 0);
    high += hash[0];
    low += hash[1];
  }

  public Sum sum() {
    return new Sum(high, low);
  }

  private void value(Object value, ColumnType type) {
    if (value == null) {
      put((byte) 0);
      return;
    }
    put((byte) 1);
    if (type instanceof ColumnType.Decimal decimal) {
      number(((BigDecimal) value).setScale(decimal.scale()));
      return;
    }
    switch ((Simple) type) {
      case TEXT -> bytes(((String) value).getBytes(StandardCharsets.UTF_8));
      case BINARY -> bytes((byte[]) value);
      case BOOLEAN -> put((byte) ((Boolean) value ? 1 : 0));
      case FLOAT -> put(Float.floatToIntBits((Float) value));
      case DOUBLE -> put(Double.doubleToLongBits((Double) value));
      default -> put(((Number) value).longValue());
    }
  }

  private void number(BigDecimal value) {
    if (value.precision() < 19) {
      put(value.unscaledValue().longValue());
    } else {
      bytes(value.unscaledValue().toByteArray());
    }
  }

  private void bytes(byte[] content) {
    put(content.length);
    room(content.length);
    System.arraycopy(content, 0, bytes, length, content.length);
    length += content.length;
  }

  private void put(byte one) {
    room(1);
    bytes[length++] = one;
  }

  private void put(long number) {
    room(Long.BYTES);
    ByteBuffer.wrap(bytes, length, Long.BYTES).putLong(number);
    length += Long.BYTES;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
