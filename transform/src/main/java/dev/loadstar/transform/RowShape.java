package dev.loadstar.transform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The rows around {@link StandardizeRows}. Dates travel as days and times as microseconds, so that
 * no time zone of a JVM can touch them.
 */
final class RowShape {
  /** {@code _origin, _row, _ingested_at}: every row begins with them. */
  static final int POINTER = 3;

  /** In a raw row {@code _malformed} follows. */
  static final int MALFORMED = 3;

  static final int RAW_HEAD = 4;

  /** In a standardized row {@code _reason} and {@code _column} follow. */
  static final int REASON = 3;

  static final int STANDARD_HEAD = 5;
  static final String RECORD = "_record";

  private RowShape() {}

  /** What raw files hold, as far as it is read. */
  static StructType rawFile(boolean json, Collection<StandardColumn> columns) {
    StructType type =
        new StructType()
            .add("_origin", DataTypes.StringType)
            .add("_row", DataTypes.LongType)
            .add("_ingested_at", DataTypes.TimestampType)
            .add("_malformed", DataTypes.StringType);
    if (json) {
      return type.add(RECORD, DataTypes.StringType);
    }
    for (StandardColumn column : columns) {
      if (!column.missing()) {
        type = type.add(column.source(), sparkType(column.raw()));
      }
    }
    return type;
  }

  static Column[] packedRaw(boolean json, Collection<StandardColumn> columns) {
    List<Column> packed = new ArrayList<>();
    packed.add(col("_origin"));
    packed.add(col("_row"));
    packed.add(unix_micros(col("_ingested_at")).as("_ingested_at"));
    packed.add(col("_malformed"));
    if (json) {
      packed.add(col(RECORD));
    } else {
      columns.stream()
          .filter(column -> !column.missing())
          .forEach(c -> packed.add(packed(c.source(), c.raw()).as("_v" + packed.size())));
    }
    return packed.toArray(Column[]::new);
  }

  static StructType standardized(Collection<StandardColumn> columns) {
    StructType type =
        new StructType()
            .add("_origin", DataTypes.StringType)
            .add("_row", DataTypes.LongType)
            .add("_ingested_at", DataTypes.LongType)
            .add("_reason", DataTypes.StringType)
            .add("_column", DataTypes.StringType);
    for (StandardColumn column : columns) {
      type = type.add(column.name(), packedType(column.type()));
    }
    return type;
  }

  static Column[] unpacked(Collection<StandardColumn> columns) {
    List<Column> unpacked = new ArrayList<>();
    unpacked.add(col("_origin"));
    unpacked.add(col("_row"));
    unpacked.add(timestamp_micros(col("_ingested_at")).as("_ingested_at"));
    unpacked.add(col("_reason"));
    unpacked.add(col("_column"));
    for (StandardColumn column : columns) {
      Column one = col(column.name());
      if (column.type() == Simple.DATE) {
        one = date_from_unix_date(one).as(column.name());
      } else if (column.type() == Simple.TIMESTAMP) {
        one = timestamp_micros(one).as(column.name());
      }
      unpacked.add(one);
    }
    return unpacked.toArray(Column[]::new);
  }

  private static Column packed(String name, ColumnType type) {
    Column column = col("`" + name.replace("`", "``") + "`");
    if (type == Simple.DATE) {
      return unix_date(column);
    }
    if (type == Simple.TIMESTAMP) {
      return unix_micros(column);
    }
    // The session's zone is UTC, so a wall clock reading keeps its digits.
    return type == Simple.LOCAL_TIMESTAMP
        ? unix_micros(column.cast(DataTypes.TimestampType))
        : column;
  }

  private static DataType packedType(ColumnType type) {
    if (type == Simple.DATE) {
      return DataTypes.IntegerType;
    }
    return type == Simple.TIMESTAMP ? DataTypes.LongType : sparkType(type);
  }

  static DataType sparkType(ColumnType type) {
    if (type instanceof ColumnType.Decimal decimal) {
      return DataTypes.createDecimalType(decimal.precision(), decimal.scale());
    }
    return switch ((Simple) type) {
      case TEXT -> DataTypes.StringType;
      case BOOLEAN -> DataTypes.BooleanType;
      case INT -> DataTypes.IntegerType;
      case BIGINT -> DataTypes.LongType;
      case FLOAT -> DataTypes.FloatType;
      case DOUBLE -> DataTypes.DoubleType;
      case DATE -> DataTypes.DateType;
      case TIMESTAMP -> DataTypes.TimestampType;
      case LOCAL_TIMESTAMP -> DataTypes.TimestampNTZType;
      case BINARY -> DataTypes.BinaryType;
    };
  }
}
