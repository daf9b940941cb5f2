package dev.loadstar.starschema.builder;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.lake.commit.TableColumn;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The lake's types as Spark's, and back. */
final class SparkTypes {
  private SparkTypes() {}

  static DataType toSpark(ColumnType type) {
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

  static ColumnType fromSpark(DataType type) {
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

  static StructType schema(List<Column> columns) {
    return new StructType(
        columns.stream()
            .map(c -> DataTypes.createStructField(c.name(), toSpark(c.type()), true))
            .toArray(StructField[]::new));
  }

  /** The schema of rows on their way into a table's files: its columns, then {@code _op}. */
  static StructType changeSchema(List<TableColumn> columns) {
    return schema(columns.stream().map(c -> new Column(c.name(), c.type())).toList())
        .add("_op", DataTypes.StringType);
  }

  /** The schema of the files, which also say the {@code _commit}. */
  static StructType fileSchema(List<TableColumn> columns) {
    return changeSchema(columns).add("_commit", DataTypes.LongType);
  }
}
