package dev.loadstar.starschema.expression;

import dev.loadstar.core.type.ColumnType;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * An expression whose every name is known: equal rows give equal values, always.
 *
 * @param sql as written
 * @param columns that it names, in the order of its scope
 * @param sparkType of its value
 * @param nullable whether it may be null for some row
 */
public record BoundExpression(
    String sql, List<KnownColumn> columns, DataType sparkType, boolean nullable)
    implements Analysis {
  public BoundExpression {
    columns = List.copyOf(columns);
  }

  /** Empty for a type that no column has, such as an array, and for a bare {@code null}. */
  public Optional<ColumnType> type() {
    return SqlTypes.of(sparkType);
  }

  /** Whether it is null for every row. */
  public boolean isNull() {
    return sparkType.equals(DataTypes.NullType);
  }

  /** Whether it is true, false or null. */
  public boolean isCondition() {
    return isNull() || sparkType.equals(DataTypes.BooleanType);
  }
}
