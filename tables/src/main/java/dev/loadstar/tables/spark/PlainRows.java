package dev.loadstar.tables.spark;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Spark's own rows as the lake's plain ones and back: dates as days and times as microseconds,
 * which is what both hold, so that no time zone of a JVM can touch them.
 */
public final class PlainRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ColumnType[] types;

  public PlainRows(List<Column> columns) {
    types = columns.stream().map(Column::type).toArray(ColumnType[]::new);
  }

  /**
   * @param into takes the values of as many columns as there are types
   */
  public void read(InternalRow row, Object[] into) {
    for (int i = 0; i < types.length; i++) {
      into[i] = value(row, i);
    }
  }

  /** The value of a column, or null. */
  Object value(InternalRow row, int i) {
    return row.isNullAt(i) ? null : value(row, i, types[i]);
  }

  public Object[] read(InternalRow row) {
    Object[] values = new Object[types.length];
    read(row, values);
    return values;
  }

  private static Object value(InternalRow row, int i, ColumnType type) {
    if (type instanceof ColumnType.Decimal decimal) {
      return row.getDecimal(i, decimal.precision(), decimal.scale()).toJavaBigDecimal();
    }
    return switch ((Simple) type) {
      case TEXT -> row.getUTF8String(i).toString();
      case BOOLEAN -> row.getBoolean(i);
      case INT, DATE -> row.getInt(i);
      case BIGINT, TIMESTAMP, LOCAL_TIMESTAMP -> row.getLong(i);
      case FLOAT -> row.getFloat(i);
      case DOUBLE -> row.getDouble(i);
      case BINARY -> row.getBinary(i);
    };
  }

  /** A row of Spark's with the first so many of the values. */
  public InternalRow write(Object[] values) {
    Object[] out = new Object[types.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i] == null ? null : internal(values[i], types[i]);
    }
    return new GenericInternalRow(out);
  }

  private static Object internal(Object value, ColumnType type) {
    if (type instanceof ColumnType.Decimal decimal) {
      return Decimal.apply((BigDecimal) value, decimal.precision(), decimal.scale());
    }
    return type == Simple.TEXT ? UTF8String.fromString((String) value) : value;
  }
}
