package dev.loadstar.transform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Gives every masked row its {@link RowStatus}. Runs after masking, for it may shuffle. */
record Deduplication(List<String> key, Optional<String> changeTime, int partitions) {
  /**
   * Of rows with the same key and the same change time the last in reading order passes. Without a
   * key all pass.
   */
  Dataset<Row> apply(Dataset<Row> rows) {
    Column rejected = col("_reason").isNotNull();
    Column passed = lit(RowStatus.PASSED.word());
    Column quarantined = lit(RowStatus.QUARANTINED.word());
    if (key.isEmpty()) {
      return spread(rows)
          .withColumn(RowStatus.COLUMN, when(rejected, quarantined).otherwise(passed));
    }
    List<Column> same = new ArrayList<>(keyColumns());
    changeTime.ifPresent(column -> same.add(col(column)));
    // Rejected rows have no key left; each is its own group.
    same.add(when(rejected, concat_ws(":", col("_row"), col("_origin"))));
    Column last =
        row_number()
            .over(
                Window.partitionBy(same.toArray(Column[]::new))
                    .orderBy(col("_origin").desc(), col("_row").desc()));
    return spread(rows)
        .withColumn("_last", last)
        .withColumn(
            RowStatus.COLUMN,
            when(rejected, quarantined)
                .when(col("_last").gt(1), lit(RowStatus.DEDUPLICATED.word()))
                .otherwise(passed))
        .drop("_last");
  }

  private Dataset<Row> spread(Dataset<Row> rows) {
    if (partitions == 1) {
      return rows.coalesce(1); // one file, and no shuffle
    }
    return key.isEmpty() ? rows : rows.repartition(partitions, keyColumns().toArray(Column[]::new));
  }

  private List<Column> keyColumns() {
    return key.stream().map(column -> col(column)).toList();
  }
}
