package dev.loadstar.jdbc.postgresql;

import dev.loadstar.core.row.ValueBuffer;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads values as the server's {@code ..._send} functions write them. {@code infinity} of dates and
 * times comes as the end of the integer, as {@link InfiniteTimes} has it.
 */
@FunctionalInterface
interface BinaryField {
  int POSTGRES_EPOCH_DAYS = 10_957; // 2000-01-01
  long POSTGRES_EPOCH_MICROS = POSTGRES_EPOCH_DAYS * 86_400_000_000L;

  /** The first moment after 294246, up to which {@link InfiniteTimes} counts. */
  long END_OF_TIMES = 9_223_371_244_800_000_000L;

  /**
   * @throws ArithmeticException when the column's type has no such value
   */
  void read(byte[] from, int at, int length, ValueBuffer to);

  /**
   * @param anyBytes whether texts may be no UTF-8
   */
  static BinaryField of(ColumnType type, boolean anyBytes) {
    if (type instanceof Decimal decimal) {
      return new BinaryNumeric(decimal);
    }
    return switch ((Simple) type) {
      case TEXT -> anyBytes ? BinaryField::checkedText : BinaryField::bytes;
      case BINARY -> BinaryField::bytes;
      case BOOLEAN -> (from, at, length, to) -> to.add(from[at]);
      case INT -> // smallint, integer
          (from, at, length, to) -> to.add(length == 2 ? int2(from, at) : int4(from, at));
      case BIGINT -> // bigint, oid
          (from, at, length, to) ->
              to.add(length == 4 ? int4(from, at) & 0xFFFF_FFFFL : int8(from, at));
      case FLOAT -> (from, at, length, to) -> to.add(int4(from, at));
      case DOUBLE -> (from, at, length, to) -> to.add(int8(from, at));
      case DATE -> (from, at, length, to) -> to.add(date(int4(from, at)));
      case TIMESTAMP, LOCAL_TIMESTAMP -> (from, at, length, to) -> to.add(time(int8(from, at)));
    };
  }

  private static void bytes(byte[] from, int at, int length, ValueBuffer to) {
    to.add(from, at, length);
  }

  private static void checkedText(byte[] from, int at, int length, ValueBuffer to) {
    try {
      var unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(from, at, length));
    } catch (CharacterCodingException e) {
      throw new ArithmeticException("no UTF-8");
    }
    to.add(from, at, length);
  }

  private static int date(int days) {
    return days == Integer.MAX_VALUE || days == Integer.MIN_VALUE
        ? days
        : days + POSTGRES_EPOCH_DAYS;
  }

  private static long time(long micros) {
    if (micros == Long.MIN_VALUE) {
      return micros;
    }
    return micros >= END_OF_TIMES - POSTGRES_EPOCH_MICROS
        ? Long.MAX_VALUE
        : micros + POSTGRES_EPOCH_MICROS;
  }

  static int int2(byte[] from, int at) {
    return from[at] << 8 | from[at + 1] & 0xFF;
  }

  static int int4(byte[] from, int at) {
    return from[at] << 24
        | (from[at + 1] & 0xFF) << 16
        | (from[at + 2] & 0xFF) << 8
        | from[at + 3] & 0xFF;
  }

  private static long int8(byte[] from, int at) {
    return (long) int4(from, at) << 32 | int4(from, at + 4) & 0xFFFF_FFFFL;
  }
}
