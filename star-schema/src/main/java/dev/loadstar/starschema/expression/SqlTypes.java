package dev.loadstar.starschema.expression;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.tables.spark.SparkTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Types of columns as an expression sees them, and back. */
final class SqlTypes {
  private SqlTypes() {}

  static StructType schema(List<KnownColumn> columns) {
    return new StructType(
        columns.stream()
            .map(c -> DataTypes.createStructField(c.name(), SparkTypes.toSpark(c.type()), true))
            .toArray(StructField[]::new));
  }

  /** Empty for a type that no column has. */
  static Optional<ColumnType> of(DataType type) {
    if (type instanceof DecimalType decimal) {
      return Optional.of(new ColumnType.Decimal(decimal.precision(), decimal.scale()));
    }
    if (type instanceof StringType) { // char, varchar and collated ones too
      return Optional.of(ColumnType.Simple.TEXT);
    }
    if (type.equals(DataTypes.ShortType) || type.equals(DataTypes.ByteType)) {
      return Optional.of(ColumnType.Simple.INT);
    }
    return Arrays.stream(ColumnType.Simple.values())
        .filter(simple -> SparkTypes.toSpark(simple).equals(type))
        .map(ColumnType.class::cast)
        .findFirst();
  }

  /** A type's name in words of the project, for messages. */
  static String words(DataType type) {
    return of(type).map(ColumnType::text).orElseGet(() -> type.typeName());
  }
}
