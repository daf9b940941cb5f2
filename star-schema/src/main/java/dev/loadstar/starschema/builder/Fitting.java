package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.tables.spark.SparkTypes;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;

/**
 * A value in another type, where it is the same value there; null where it is not, or where an
 * engine of the warehouse could not hold it. Floating point is what its shortest decimal text says.
 */
final class Fitting {
  private static final DataType WHOLE = DataTypes.createDecimalType(38, 0);
  private static final String FLOATING = "[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?";
  private static final String TIME =
      "\\d{4}-\\d{2}-\\d{2}([ T]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,6}0*)?)?(Z|[+-]\\d{2}:\\d{2})?)?";

  // Both engines hold every day of these years.
  private static final LocalDate FIRST_DAY = LocalDate.of(1000, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

  private Fitting() {}

  /** Whether some value of a type could be one of another. */
  static boolean isPossible(DataType from, ColumnType to) {
    return from instanceof NullType || Cast.canTryCast(from, SparkTypes.toSpark(to));
  }

  static Column of(Column value, DataType from, ColumnType to) {
    DataType target = SparkTypes.toSpark(to);
    if (from instanceof NullType) {
      return value.cast(target);
    }
    Column kept;
    if (from instanceof StringType) {
      kept = text(value, to);
    } else if (isFloating(from)) {
      kept = floating(value, from, target);
    } else if (Cast.canUpCast(from, target) && !isFloating(target)) {
      kept = value.cast(target);
    } else {
      Column there = value.try_cast(target);
      kept = when(there.cast(from).equalTo(value), there);
    }
    return held(kept, from, to);
  }

  private static Column floating(Column value, DataType from, DataType target) {
    if (from.equals(target)) {
      return value;
    }
    Column text = value.cast("string");
    if (target.equals(DataTypes.FloatType)) {
      Column there = value.cast(target);
      return when(there.cast("string").equalTo(text), there);
    }
    if (target instanceof DecimalType || isWhole(target)) {
      Column there = text.try_cast(target instanceof DecimalType ? target : WHOLE).try_cast(target);
      return when(there.cast(from).equalTo(value), there);
    }
    Column there = value.try_cast(target);
    return target.equals(DataTypes.DoubleType) || target instanceof StringType
        ? there
        : when(there.cast(from).equalTo(value), there);
  }

  private static Column text(Column value, ColumnType to) {
    DataType target = SparkTypes.toSpark(to);
    Column plain = trim(value);
    if (to instanceof ColumnType.Decimal decimal) {
      String exact = "[+-]?(\\d+\\.?|\\d*\\.\\d{1,%d})0*".formatted(Math.max(1, decimal.scale()));
      return when(matches(plain, decimal.scale() == 0 ? "[+-]?\\d+(\\.0*)?" : exact), plain)
          .try_cast(target);
    }
    return switch ((Simple) to) {
      case TEXT -> value;
      case INT, BIGINT -> whole(plain, target);
      case FLOAT, DOUBLE -> when(matches(plain, FLOATING), plain).try_cast(target);
      case DATE ->
          when(plain.try_cast(target).cast("string").equalTo(plain), plain.try_cast(target));
      case TIMESTAMP, LOCAL_TIMESTAMP -> when(matches(plain, TIME), plain).try_cast(target);
      case BOOLEAN -> plain.try_cast(target);
      case BINARY -> value.cast(target);
    };
  }

  /**
   * A whole number that may have been written with decimal places, all zero. Few are, and a pattern
   * takes long; so does a cast that tries, and without a point there is nothing for it to refuse
   * that the plain one takes.
   */
  private static Column whole(Column text, DataType target) {
    Column point = text.contains(".");
    Column zeros = regexp_replace(text, "(?<=\\d)\\.0*$", "").try_cast(target);
    return when(point, zeros).otherwise(text.cast(target));
  }

  private static Column matches(Column text, String pattern) {
    return text.rlike("^(" + pattern + ")$");
  }

  /** Null where an engine cannot hold the value: both are asked for the same rows. */
  private static Column held(Column value, DataType from, ColumnType to) {
    if (!(to instanceof Simple simple)) {
      return value;
    }
    return switch (simple) {
      case TEXT ->
          from instanceof StringType ? when(value.contains("\0").equalTo(false), value) : value;
      case FLOAT -> when(value.between(-Float.MAX_VALUE, Float.MAX_VALUE), value);
      case DOUBLE -> when(value.between(-Double.MAX_VALUE, Double.MAX_VALUE), value);
      case DATE -> when(value.between(FIRST_DAY, LAST_DAY), value);
      case TIMESTAMP ->
          when(
              value
                  .geq(lit(FIRST_DAY.atStartOfDay().toInstant(ZoneOffset.UTC)))
                  .and(value.lt(lit(end().toInstant(ZoneOffset.UTC)))),
              value);
      case LOCAL_TIMESTAMP ->
          when(value.geq(lit(FIRST_DAY.atStartOfDay())).and(value.lt(lit(end()))), value);
      case BOOLEAN, INT, BIGINT, BINARY -> value;
    };
  }

  private static LocalDateTime end() {
    return LAST_DAY.plusDays(1).atStartOfDay();
  }

  private static boolean isFloating(DataType type) {
    return type.equals(DataTypes.FloatType) || type.equals(DataTypes.DoubleType);
  }

  private static boolean isWhole(DataType type) {
    return type.equals(DataTypes.IntegerType) || type.equals(DataTypes.LongType);
  }
}
