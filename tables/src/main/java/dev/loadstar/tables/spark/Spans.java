package dev.loadstar.tables.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Bounds that a reader can compare with a file's statistics, so that it need not open it. */
final class Spans {
  private Spans() {}

  /** True for every row that equals one of these in some columns, and for few others. */
  static Column around(Dataset<Row> rows, List<String> columns) {
    List<Column> bounds = new ArrayList<>();
    columns.forEach(c -> bounds.addAll(List.of(min(c).as("min_" + c), max(c).as("max_" + c))));
    Row span = rows.agg(lit(1).as("one"), bounds.toArray(Column[]::new)).head();
    Column near = lit(true);
    for (int i = 0; i < columns.size(); i++) {
      Object from = span.get(1 + 2 * i);
      if (from != null) {
        Column value = col(columns.get(i));
        near = near.and(value.geq(lit(from))).and(value.leq(lit(span.get(2 + 2 * i))));
      }
    }
    return near;
  }
}
