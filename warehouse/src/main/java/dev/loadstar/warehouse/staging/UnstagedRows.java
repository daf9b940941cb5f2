package dev.loadstar.warehouse.staging;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.jdbc.RowSource;
import dev.loadstar.jdbc.SourceColumn;
import dev.loadstar.jdbc.TableInfo;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Rows as the table itself takes them: no mark, and numbers as wide as their columns are. */
final class UnstagedRows implements RowSource {
  private static final Decimal WHOLE = new Decimal(20, 0);

  private final RowSource rows;
  private final ColumnType[] from;
  private final ColumnType[] to;
  private final Object[] row;

  UnstagedRows(RowSource rows, List<Column> columns, List<Column> widened) {
    this.rows = rows;
    this.from = columns.stream().map(Column::type).toArray(ColumnType[]::new);
    this.to = widened.stream().map(Column::type).toArray(ColumnType[]::new);
    this.row = new Object[from.length];
  }

  /**
   * The columns with the types that bulk loading has to send.
   *
   * @param table that holds each type as it is, which {@link SchemaCheck} has seen to
   */
  static List<Column> widened(List<Column> columns, TableInfo table) {
    return columns.stream()
        .map(c -> new Column(c.name(), widened(c.type(), table.column(c.name()))))
        .toList();
  }

  private static ColumnType widened(ColumnType type, Optional<SourceColumn> column) {
    ColumnType there = column.map(SourceColumn::type).orElse(type);
    boolean whole = type == Simple.INT || type == Simple.BIGINT;
    if (whole
        && (there instanceof Decimal
            || column.map(SourceColumn::declared).equals(Optional.of("numeric")))) {
      return WHOLE;
    }
    boolean wider =
        (type == Simple.INT && there == Simple.BIGINT)
            || (type == Simple.FLOAT && there == Simple.DOUBLE);
    return wider ? there : type;
  }

  @Override
  public Object[] next() {
    Object[] marked = rows.next();
    if (marked == null) {
      return null;
    }
    if (!"U".equals(marked[row.length])) {
      throw new IllegalStateException("nothing can go from a table that is empty");
    }
    for (int i = 0; i < row.length; i++) {
      row[i] = to[i] == from[i] || marked[i] == null ? marked[i] : widened(marked[i], to[i]);
    }
    return row;
  }

  private static Object widened(Object value, ColumnType type) {
    Number number = (Number) value;
    if (type == Simple.BIGINT) {
      return number.longValue();
    }
    return type == Simple.DOUBLE ? number.doubleValue() : BigDecimal.valueOf(number.longValue());
  }
}
