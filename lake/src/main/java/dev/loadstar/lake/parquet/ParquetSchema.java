package dev.loadstar.lake.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** Column types as Parquet types, exactly as Spark writes them, and back. */
final class ParquetSchema {
  private ParquetSchema() {}

  static MessageType of(List<Column> columns) {
    return new MessageType("row", columns.stream().map(ParquetSchema::field).toList());
  }

  /**
   * The same with the last columns as the fields of one more, which always has a value.
   *
   * @param fields how many they are, at least one
   */
  static MessageType of(List<Column> columns, String struct, int fields) {
    int flat = columns.size() - fields;
    List<Type> all = new ArrayList<>();
    columns.subList(0, flat).forEach(column -> all.add(field(column)));
    all.add(
        new GroupType(
            Type.Repetition.REQUIRED,
            struct,
            columns.subList(flat, columns.size()).stream().map(ParquetSchema::field).toList()));
    return new MessageType("row", all);
  }

  /** A schema with one of another's columns, those within others counted. */
  static MessageType alone(MessageType schema, int place) {
    String[] path = schema.getColumns().get(place).getPath();
    Type field = schema.getType(path[0]);
    return new MessageType(
        schema.getName(),
        path.length == 1
            ? field
            : new GroupType(field.getRepetition(), path[0], field.asGroupType().getType(path[1])));
  }

  private static Type field(Column column) {
    PrimitiveTypeName primitive = primitive(column.type());
    Types.PrimitiveBuilder<PrimitiveType> builder = Types.optional(primitive);
    if (column.type() instanceof Decimal decimal) {
      if (primitive == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY) {
        builder = builder.length(bytes(decimal.precision()));
      }
      builder = builder.as(decimalType(decimal.scale(), decimal.precision()));
    } else {
      LogicalTypeAnnotation logical =
          switch ((Simple) column.type()) {
            case TEXT -> stringType();
            case DATE -> dateType();
            case TIMESTAMP -> timestampType(true, TimeUnit.MICROS);
            case LOCAL_TIMESTAMP -> timestampType(false, TimeUnit.MICROS);
            case BOOLEAN, INT, BIGINT, FLOAT, DOUBLE, BINARY -> null;
          };
      builder = logical == null ? builder : builder.as(logical);
    }
    return builder.named(column.name());
  }

  private static PrimitiveTypeName primitive(ColumnType type) {
    if (type instanceof Decimal decimal) {
      return decimal.precision() <= 9
          ? PrimitiveTypeName.INT32
          : decimal.precision() <= 18
              ? PrimitiveTypeName.INT64
              : PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
    }
    return switch ((Simple) type) {
      case TEXT, BINARY -> PrimitiveTypeName.BINARY;
      case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
      case INT, DATE -> PrimitiveTypeName.INT32;
      case BIGINT, TIMESTAMP, LOCAL_TIMESTAMP -> PrimitiveTypeName.INT64;
      case FLOAT -> PrimitiveTypeName.FLOAT;
      case DOUBLE -> PrimitiveTypeName.DOUBLE;
    };
  }

  /** How many bytes hold a signed number of so many digits. */
  static int bytes(int precision) {
    java.math.BigInteger largest = java.math.BigInteger.TEN.pow(precision);
    return largest.bitLength() / 8 + 1;
  }

  /** Our type for a foreign file's field; empty for nested ones and those without a counterpart. */
  static Optional<ColumnType> typeOf(Type field) {
    if (!field.isPrimitive() || field.isRepetition(Type.Repetition.REPEATED)) {
      return Optional.empty();
    }
    LogicalTypeAnnotation logical = field.getLogicalTypeAnnotation();
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return Optional.of(new Decimal(decimal.getPrecision(), decimal.getScale()));
    }
    return switch (field.asPrimitiveType().getPrimitiveTypeName()) {
      case BOOLEAN -> Optional.of(Simple.BOOLEAN);
      case FLOAT -> Optional.of(Simple.FLOAT);
      case DOUBLE -> Optional.of(Simple.DOUBLE);
      case INT96 -> Optional.of(Simple.TIMESTAMP);
      case INT32 ->
          logical instanceof DateLogicalTypeAnnotation
              ? Optional.of(Simple.DATE)
              : integer(logical, Simple.INT);
      case INT64 ->
          logical instanceof TimestampLogicalTypeAnnotation timestamp
              ? Optional.of(timestamp.isAdjustedToUTC() ? Simple.TIMESTAMP : Simple.LOCAL_TIMESTAMP)
              : integer(logical, Simple.BIGINT);
      case BINARY -> Optional.of(isText(logical) ? Simple.TEXT : Simple.BINARY);
      case FIXED_LEN_BYTE_ARRAY ->
          logical instanceof UUIDLogicalTypeAnnotation
              ? Optional.empty()
              : Optional.of(Simple.BINARY);
    };
  }

  private static Optional<ColumnType> integer(LogicalTypeAnnotation logical, Simple type) {
    boolean plain = logical == null;
    boolean signed = logical instanceof IntLogicalTypeAnnotation integer && integer.isSigned();
    return plain || signed ? Optional.of(type) : Optional.empty();
  }

  private static boolean isText(LogicalTypeAnnotation logical) {
    return logical instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
        || logical instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation
        || logical instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
  }
}
