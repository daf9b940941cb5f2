package dev.loadstar.jdbc.postgresql;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.jdbc.RowSource;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * {@code COPY ... FROM STDIN (FORMAT binary)}: about a third faster than text from Java, and no
 * value needs escaping. The layout is PostgreSQL's manual, COPY, "Binary Format".
 */
final class BinaryCopy {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
  };
  private static final int POSTGRES_EPOCH_DAYS = 10_957; // 2000-01-01
  private static final long POSTGRES_EPOCH_MICROS = POSTGRES_EPOCH_DAYS * 86_400_000_000L;
  private static final int FLUSH_AT = 64 * 1024;
  private static final int DIGITS_OF_A_LONG = 18;
  private static final BigInteger TEN_THOUSAND = BigInteger.valueOf(10_000);

  private final PostgreSql engine;
  private final List<Column> columns;
  private final ColumnType[] types;
  private byte[] buffer = new byte[2 * FLUSH_AT];
  private int size;
  private short[] groups = new short[16]; // of the number being written, the last one first

  BinaryCopy(PostgreSql engine, List<Column> columns) {
    this.engine = engine;
    this.columns = columns;
    this.types = columns.stream().map(Column::type).toArray(ColumnType[]::new);
  }

  long load(Connection connection, String table, RowSource rows) throws SQLException {
    String names =
        columns.stream().map(c -> engine.quote(c.name())).collect(Collectors.joining(", "));
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + table + " (" + names + ") FROM STDIN (FORMAT binary)");
    try {
      bytes(SIGNATURE);
      int4(0); // flags
      int4(0); // no extension
      for (Object[] row = rows.next(); row != null; row = rows.next()) {
        int2(types.length);
        for (int i = 0; i < types.length; i++) {
          value(types[i], row[i]);
        }
        if (size >= FLUSH_AT) {
          flush(copy);
        }
      }
      int2(-1);
      flush(copy);
      return copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private void flush(CopyIn copy) throws SQLException {
    copy.writeToCopy(buffer, 0, size);
    size = 0;
  }

  private void value(ColumnType type, Object value) {
    if (value == null) {
      int4(-1);
    } else if (type instanceof ColumnType.Decimal decimal) {
      numeric((BigDecimal) value, decimal.scale());
    } else {
      simple((ColumnType.Simple) type, value);
    }
  }

  private void simple(ColumnType.Simple type, Object value) {
    switch (type) {
      case TEXT -> sized(((String) value).getBytes(StandardCharsets.UTF_8));
      case BINARY -> sized((byte[]) value);
      case BOOLEAN -> {
        int4(1);
        room(1);
        buffer[size++] = (byte) ((Boolean) value ? 1 : 0);
      }
      case INT -> {
        int4(4);
        int4((Integer) value);
      }
      case BIGINT -> {
        int4(8);
        int8((Long) value);
      }
      case FLOAT -> {
        int4(4);
        int4(Float.floatToIntBits((Float) value));
      }
      case DOUBLE -> {
        int4(8);
        int8(Double.doubleToLongBits((Double) value));
      }
      case DATE -> {
        int4(4);
        int4((Integer) value - POSTGRES_EPOCH_DAYS);
      }
      case TIMESTAMP, LOCAL_TIMESTAMP -> {
        int4(8);
        int8((Long) value - POSTGRES_EPOCH_MICROS);
      }
    }
  }

  /**
   * Groups of four decimal digits, most significant first, aligned to the decimal point: {@code
   * numeric_recv} in PostgreSQL's numeric.c.
   */
  private void numeric(BigDecimal value, int displayScale) {
    int fractionGroups = (Math.max(value.scale(), 0) + 3) / 4;
    BigDecimal aligned = value.setScale(fractionGroups * 4);
    int count = 0;
    if (aligned.precision() <= DIGITS_OF_A_LONG) {
      long left = Math.abs(aligned.scaleByPowerOfTen(fractionGroups * 4).longValue());
      for (; left != 0; left /= 10_000) {
        group(count++, (int) (left % 10_000));
      }
    } else {
      for (BigInteger left = aligned.unscaledValue().abs(); left.signum() != 0; ) {
        BigInteger[] parts = left.divideAndRemainder(TEN_THOUSAND);
        group(count++, parts[1].intValue());
        left = parts[0];
      }
    }
    int4(8 + 2 * count);
    int2(count);
    int2(count - fractionGroups - 1); // weight of the first group
    int2(value.signum() < 0 ? 0x4000 : 0);
    int2(displayScale);
    for (int i = count - 1; i >= 0; i--) {
      int2(groups[i]);
    }
  }

  private void group(int position, int value) {
    if (position == groups.length) {
      groups = Arrays.copyOf(groups, 2 * position);
    }
    groups[position] = (short) value;
  }

  private void sized(byte[] value) {
    int4(value.length);
    bytes(value);
  }

  private void bytes(byte[] value) {
    room(value.length);
    System.arraycopy(value, 0, buffer, size, value.length);
    size += value.length;
  }

  private void int2(int value) {
    room(2);
    buffer[size++] = (byte) (value >> 8);
    buffer[size++] = (byte) value;
  }

  private void int4(int value) {
    room(4);
    buffer[size] = (byte) (value >> 24);
    buffer[size + 1] = (byte) (value >> 16);
    buffer[size + 2] = (byte) (value >> 8);
    buffer[size + 3] = (byte) value;
    size += 4;
  }

  private void int8(long value) {
    int4((int) (value >> 32));
    int4((int) value);
  }

  private void room(int needed) {
    if (buffer.length - size < needed) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + needed));
    }
  }
}
