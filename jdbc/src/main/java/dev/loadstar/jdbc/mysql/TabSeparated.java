package dev.loadstar.jdbc.mysql;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.jdbc.RowSource;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Rows as LOAD DATA reads them: tabs, newlines, backslashes before both, {@code \N} for null. */
final class TabSeparated extends InputStream {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
  private static final int FILL_TO = 64 * 1024;

  private final List<ColumnType> types;
  private final RowSource rows;
  private byte[] buffer = new byte[2 * FILL_TO];
  private int size;
  private int position;
  private boolean ended;
  private long written;

  TabSeparated(List<ColumnType> types, RowSource rows) {
    this.types = List.copyOf(types);
    this.rows = rows;
  }

  /** Rows given out so far. */
  long written() {
    return written;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (position == size) {
      fill();
      if (size == 0) {
        return -1;
      }
    }
    int given = Math.min(length, size - position);
    System.arraycopy(buffer, position, target, offset, given);
    position += given;
    return given;
  }

  private void fill() {
    position = 0;
    size = 0;
    while (!ended && size < FILL_TO) {
      Object[] row = rows.next();
      if (row == null) {
        ended = true;
        return;
      }
      for (int i = 0; i < row.length; i++) {
        if (i > 0) {
          put((byte) '\t');
        }
        value(types.get(i), row[i]);
      }
      put((byte) '\n');
      written++;
    }
  }

  private void value(ColumnType type, Object value) {
    if (value == null) {
      put((byte) '\\');
      put((byte) 'N');
    } else if (type == ColumnType.Simple.TEXT) {
      escaped(((String) value).getBytes(StandardCharsets.UTF_8));
    } else {
      plain(text(type, value).getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  /** The literal of a value, without quotes; binary in hex. */
  static String text(ColumnType type, Object value) {
    if (type instanceof ColumnType.Decimal) {
      return ((BigDecimal) value).toPlainString();
    }
    return switch ((ColumnType.Simple) type) {
      case BOOLEAN -> (Boolean) value ? "1" : "0";
      case DATE -> LocalDate.ofEpochDay((Integer) value).toString();
      case TIMESTAMP, LOCAL_TIMESTAMP -> {
        long micros = (Long) value;
        yield LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L),
                (int) Math.floorMod(micros, 1_000_000L) * 1000,
                ZoneOffset.UTC)
            .format(TIME);
      }
      case BINARY -> HexFormat.of().formatHex((byte[]) value);
      default -> value.toString();
    };
  }

  private void escaped(byte[] text) {
    for (byte b : text) {
      switch (b) {
        case '\\', '\t', '\n' -> {
          put((byte) '\\');
          put(b == '\t' ? (byte) 't' : b == '\n' ? (byte) 'n' : b);
        }
        case 0 -> {
          put((byte) '\\');
          put((byte) '0');
        }
        default -> put(b);
      }
    }
  }

  private void plain(byte[] text) {
    for (byte b : text) {
      put(b);
    }
  }

  private void put(byte b) {
    if (size == buffer.length) {
      buffer = Arrays.copyOf(buffer, size * 2);
    }
    buffer[size++] = b;
  }
}
