package dev.loadstar.tables.spark;

import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Dates as days and instants as microseconds: what no JVM's time zone can touch on its way. */
public final class Encoding {
  private Encoding() {}

  public static DataType encoded(ColumnType type) {
    if (type == Simple.DATE) {
      return DataTypes.IntegerType;
    }
    return type == Simple.TIMESTAMP ? DataTypes.LongType : SparkTypes.toSpark(type);
  }

  public static Column encode(Column value, ColumnType type) {
    if (type == Simple.DATE) {
      return unix_date(value);
    }
    return type == Simple.TIMESTAMP ? unix_micros(value) : value;
  }

  public static Column decode(Column value, ColumnType type) {
    if (type == Simple.DATE) {
      return date_from_unix_date(value);
    }
    return type == Simple.TIMESTAMP ? timestamp_micros(value) : value;
  }
}
