package dev.loadstar.lake.parquet;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** From what a file stores to the value that {@link RowWriter} documents, widening only. */
abstract class ValueDecoder {
  private static final long JULIAN_EPOCH = 2_440_588;

  private final PrimitiveTypeName stored;

  private ValueDecoder(PrimitiveTypeName stored) {
    this.stored = stored;
  }

  Object of(Binary value) {
    throw new IllegalStateException("binary");
  }

  Object of(int value) {
    return of((long) value);
  }

  Object of(long value) {
    throw new IllegalStateException("integer");
  }

  Object of(float value) {
    return value;
  }

  final Object fromDictionary(Dictionary dictionary, int id) {
    return switch (stored) {
      case INT32 -> of(dictionary.decodeToInt(id));
      case INT64 -> of(dictionary.decodeToLong(id));
      case FLOAT -> of(dictionary.decodeToFloat(id));
      case DOUBLE -> dictionary.decodeToDouble(id);
      case BOOLEAN -> dictionary.decodeToBoolean(id);
      case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> of(dictionary.decodeToBinary(id));
    };
  }

  /** Empty when reading the field as that type could lose or invent something. */
  static Optional<ValueDecoder> find(Type field, ColumnType wanted) {
    Optional<ColumnType> found = ParquetSchema.typeOf(field);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    PrimitiveTypeName stored = field.asPrimitiveType().getPrimitiveTypeName();
    if (wanted instanceof Decimal decimal) {
      return decimal(found.get(), decimal, field, stored);
    }
    return switch ((Simple) wanted) {
      case TEXT -> when(found.get() == Simple.TEXT, text(stored));
      case BINARY -> when(found.get() == Simple.BINARY, binary(stored));
      case BOOLEAN -> when(found.get() == Simple.BOOLEAN, plain(stored));
      case INT -> when(found.get() == Simple.INT, integer(stored));
      case DATE -> when(found.get() == Simple.DATE, integer(stored));
      case BIGINT ->
          when(found.get() == Simple.INT || found.get() == Simple.BIGINT, bigint(stored));
      case FLOAT -> when(found.get() == Simple.FLOAT, plain(stored));
      case DOUBLE ->
          when(found.get() == Simple.FLOAT || found.get() == Simple.DOUBLE, doubles(stored));
      case TIMESTAMP, LOCAL_TIMESTAMP ->
          when(found.get() == wanted, timestamp(stored, field.getLogicalTypeAnnotation()));
    };
  }

  private static Optional<ValueDecoder> when(boolean fits, ValueDecoder decoder) {
    return fits ? Optional.of(decoder) : Optional.empty();
  }

  private static ValueDecoder plain(PrimitiveTypeName stored) {
    return new ValueDecoder(stored) {};
  }

  private static ValueDecoder text(PrimitiveTypeName stored) {
    return new ValueDecoder(stored) {
      @Override
      Object of(Binary value) {
        return value.toStringUsingUTF8();
      }
    };
  }

  private static ValueDecoder binary(PrimitiveTypeName stored) {
    return new ValueDecoder(stored) {
      @Override
      Object of(Binary value) {
        return value.getBytes();
      }
    };
  }

  private static ValueDecoder integer(PrimitiveTypeName stored) {
    return new ValueDecoder(stored) {
      @Override
      Object of(int value) {
        return value;
      }
    };
  }

  private static ValueDecoder bigint(PrimitiveTypeName stored) {
    return new ValueDecoder(stored) {
      @Override
      Object of(long value) {
        return value;
      }
    };
  }

  private static ValueDecoder doubles(PrimitiveTypeName stored) {
    return new ValueDecoder(stored) {
      @Override
      Object of(float value) {
        return (double) value;
      }
    };
  }

  private static ValueDecoder timestamp(PrimitiveTypeName stored, LogicalTypeAnnotation logical) {
    TimeUnit unit =
        logical instanceof TimestampLogicalTypeAnnotation timestamp
            ? switch (timestamp.getUnit()) {
              case MILLIS -> TimeUnit.MILLISECONDS;
              case MICROS -> TimeUnit.MICROSECONDS;
              case NANOS -> TimeUnit.NANOSECONDS;
            }
            : TimeUnit.MICROSECONDS;
    return new ValueDecoder(stored) {
      @Override
      Object of(long value) {
        return unit == TimeUnit.NANOSECONDS ? Math.floorDiv(value, 1000L) : unit.toMicros(value);
      }

      /** INT96: nanoseconds of the day, then the Julian day; what old writers use. */
      @Override
      Object of(Binary value) {
        ByteBuffer bytes = value.toByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
        long nanos = bytes.getLong(0);
        return TimeUnit.DAYS.toMicros(bytes.getInt(8) - JULIAN_EPOCH) + Math.floorDiv(nanos, 1000L);
      }
    };
  }

  private static Optional<ValueDecoder> decimal(
      ColumnType found, Decimal wanted, Type field, PrimitiveTypeName stored) {
    int scale =
        field.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal
            ? decimal.getScale()
            : 0;
    int digits =
        found instanceof Decimal decimal
            ? decimal.precision()
            : found == Simple.INT ? 10 : found == Simple.BIGINT ? 19 : Integer.MAX_VALUE;
    boolean fits = wanted.scale() >= scale && wanted.precision() - wanted.scale() >= digits - scale;
    return when(
        fits,
        new ValueDecoder(stored) {
          @Override
          Object of(long value) {
            return BigDecimal.valueOf(value, scale).setScale(wanted.scale());
          }

          @Override
          Object of(Binary value) {
            return unscaled(value.getBytesUnsafe(), scale).setScale(wanted.scale());
          }
        });
  }

  /** A column of many digits mostly holds numbers of few, which need no big integer. */
  private static BigDecimal unscaled(byte[] bytes, int scale) {
    int sign = bytes[0] >> Byte.SIZE - 1;
    int first = 0;
    while (first < bytes.length - Long.BYTES && bytes[first] == sign) {
      first++;
    }
    int left = bytes.length - first;
    if (left > Long.BYTES || left == Long.BYTES && bytes[first] >> Byte.SIZE - 1 != sign) {
      return new BigDecimal(new BigInteger(bytes), scale);
    }
    long number = sign;
    for (int i = first; i < bytes.length; i++) {
      number = number << Byte.SIZE | bytes[i] & 0xff;
    }
    return BigDecimal.valueOf(number, scale);
  }
}
