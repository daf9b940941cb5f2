package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;

import dev.loadstar.starschema.timeline.Timeline;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.spark.SparkTypes;
import dev.loadstar.tables.spark.SurrogateKeys;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/** Members that only facts know. */
final class InferredMembers {
  private InferredMembers() {}

  /** One row of the dimension per {@code _nk}, under the next keys. */
  static Dataset<Row> rows(BuildSession session, Table state, Dataset<Row> missing, long count) {
    Dataset<Row> numbered =
        SurrogateKeys.number(
            session.spark(), missing, count, List.of("_nk"), state.nextKey(), "_number");
    List<Column> selected = new ArrayList<>();
    for (TableColumn column : state.shape().columns()) {
      DataType type = SparkTypes.toSpark(column.type());
      Column value =
          switch (column.role()) {
            case KEY, DURABLE_KEY -> col("_number");
            case NATURAL_KEY -> col("_nk").cast(type);
            case VALID_FROM -> timestamp_micros(lit(Timeline.BEGIN));
            default ->
                switch (column.name()) {
                  case "valid_to" -> timestamp_micros(lit(Timeline.END));
                  case "is_current", "is_inferred" -> lit(true);
                  case "is_deleted" -> lit(false);
                  case "version" -> lit(1);
                  default -> lit(null).cast(type);
                };
          };
      selected.add(value.as(column.name()));
    }
    return numbered.select(selected.toArray(Column[]::new));
  }
}
