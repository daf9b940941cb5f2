package dev.loadstar.masking.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The rows around {@link MaskRows}: dates travel as days and timestamps as microseconds, so that no
 * time zone of a JVM and no setting of a session can touch them.
 */
record MaskingShape(
    Set<String> standardized,
    List<MaskedColumn> columns,
    List<String> conditions,
    List<Integer> digests) {
  private static final String CONDITION = "_condition_";
  private static final String DIGEST = "_digest_";

  /**
   * @param standardized names of all columns with values, withheld ones included
   */
  MaskingShape {
    standardized = Set.copyOf(standardized);
    columns = List.copyOf(columns);
    conditions = List.copyOf(conditions);
    digests = List.copyOf(digests);
  }

  /** How many columns pass as they are: those that hold no values. */
  int passing(StructType clear) {
    return passingFields(clear).size();
  }

  /** Passing columns, clear columns, conditions. */
  Column[] packed(StructType clear) {
    List<Column> packed = new ArrayList<>();
    passingFields(clear).forEach(field -> packed.add(pack(field.name(), field.dataType())));
    columns.forEach(c -> packed.add(pack(c.name(), sparkType(c.clear()))));
    for (int i = 0; i < conditions.size(); i++) {
      packed.add(coalesce(expr(conditions.get(i)), lit(true)).as(CONDITION + i));
    }
    return packed.toArray(Column[]::new);
  }

  /** Passing columns, masked columns, digests: as {@link MaskRows} makes them. */
  StructType masked(StructType clear) {
    StructType type = new StructType();
    for (StructField field : passingFields(clear)) {
      type = type.add(field.name(), packedType(field.dataType()));
    }
    for (MaskedColumn column : columns) {
      type = type.add(column.name(), packedType(sparkType(column.masked())));
    }
    for (int i = 0; i < digests.size(); i++) {
      type = type.add(DIGEST + i, DataTypes.LongType);
    }
    return type;
  }

  /** Passing columns, masked columns, {@code _digests}. */
  Column[] unpacked(StructType clear) {
    List<Column> unpacked = new ArrayList<>();
    passingFields(clear).forEach(field -> unpacked.add(unpack(field.name(), field.dataType())));
    columns.forEach(c -> unpacked.add(unpack(c.name(), sparkType(c.masked()))));
    List<Column> fields = new ArrayList<>();
    for (int i = 0; i < digests.size(); i++) {
      fields.add(col(DIGEST + i).as(columns.get(digests.get(i)).name()));
    }
    if (!fields.isEmpty()) {
      unpacked.add(struct(fields.toArray(Column[]::new)).as("_digests"));
    }
    return unpacked.toArray(Column[]::new);
  }

  private List<StructField> passingFields(StructType clear) {
    return Arrays.stream(clear.fields())
        .filter(field -> !standardized.contains(field.name()))
        .toList();
  }

  private static Column pack(String name, DataType type) {
    Column column = col("`" + name + "`");
    if (type.equals(DataTypes.DateType)) {
      return unix_date(column).as(name);
    }
    return type.equals(DataTypes.TimestampType) ? unix_micros(column).as(name) : column;
  }

  private static Column unpack(String name, DataType type) {
    Column column = col("`" + name + "`");
    if (type.equals(DataTypes.DateType)) {
      return date_from_unix_date(column).as(name);
    }
    return type.equals(DataTypes.TimestampType) ? timestamp_micros(column).as(name) : column;
  }

  private static DataType packedType(DataType type) {
    if (type.equals(DataTypes.DateType)) {
      return DataTypes.IntegerType;
    }
    return type.equals(DataTypes.TimestampType) ? DataTypes.LongType : type;
  }

  private static DataType sparkType(ColumnType type) {
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
      case LOCAL_TIMESTAMP -> throw new IllegalArgumentException("has no zone yet");
      case BINARY -> DataTypes.BinaryType;
    };
  }
}
