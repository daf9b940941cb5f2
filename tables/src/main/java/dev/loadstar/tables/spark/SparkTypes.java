package dev.loadstar.tables.spark;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The lake's types as Spark's, and back. */
public final class SparkTypes {
  private SparkTypes() {}

  public static DataType toSpark(ColumnType type) {
    if (type instanceof ColumnType.Decimal decimal) {
      return DataTypes.createDecimalType(decimal.precision(), decimal.scale());
    }
    return switch ((ColumnType.Simple) type) {
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

  /** Short and byte become int, what a lake does not know becomes text. */
  public static ColumnType fromSpark(DataType type) {
    if (type instanceof DecimalType decimal) {
      return new ColumnType.Decimal(decimal.precision(), decimal.scale());
    }
    for (ColumnType.Simple simple : ColumnType.Simple.values()) {
      if (toSpark(simple).equals(type)) {
        return simple;
      }
    }
    if (type.equals(DataTypes.ShortType) || type.equals(DataTypes.ByteType)) {
      return ColumnType.Simple.INT;
    }
    return ColumnType.Simple.TEXT;
  }

  public static StructType schema(List<Column> columns) {
    return new StructType(
        columns.stream()
            .map(c -> DataTypes.createStructField(c.name(), toSpark(c.type()), true))
            .toArray(StructField[]::new));
  }

  public static List<Column> columns(StructType schema) {
    return Arrays.stream(schema.fields())
        .map(field -> new Column(field.name(), fromSpark(field.dataType())))
        .toList();
  }
}
