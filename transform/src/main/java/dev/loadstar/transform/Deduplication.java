package dev.loadstar.transform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;

import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.tables.spark.SparkRows;
import dev.loadstar.tables.spark.SparkTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Lets Spark sort rows for {@link RowRepeats}. Runs after masking, for it may shuffle. */
record Deduplication(List<String> key, Optional<String> changeTime, int partitions) {
  private static final String DIGESTS = "_digests";
  private static final String DIGEST = "_digest_";

  /** Adds {@link RowStatus#COLUMN}. */
  Dataset<Row> apply(Dataset<Row> rows) {
    List<String> digests =
        Arrays.asList(rows.columns()).contains(DIGESTS)
            ? List.of(((StructType) rows.schema().apply(DIGESTS).dataType()).fieldNames())
            : List.of();
    Dataset<Row> sorted = sorted(spread(flat(rows, digests)));
    List<dev.loadstar.core.type.Column> columns = SparkTypes.columns(sorted.schema());
    List<dev.loadstar.core.type.Column> with = new ArrayList<>(columns);
    with.add(new dev.loadstar.core.type.Column(RowStatus.COLUMN, Simple.TEXT));
    Dataset<Row> told = SparkRows.map(sorted, with, new RowRepeats(columns, key, changeTime));
    return digests.isEmpty() ? told : packed(told, digests);
  }

  private Dataset<Row> spread(Dataset<Row> rows) {
    if (partitions == 1) {
      return rows.coalesce(1); // one file, and no shuffle
    }
    return key.isEmpty()
        ? rows
        : rows.repartition(
            partitions, key.stream().map(Deduplication::named).toArray(Column[]::new));
  }

  /** Those of one observation from the last that was read to the first. */
  private Dataset<Row> sorted(Dataset<Row> rows) {
    if (key.isEmpty()) {
      return rows;
    }
    List<Column> order = new ArrayList<>();
    RowRepeats.observation(key, changeTime).forEach(name -> order.add(named(name)));
    order.add(col("_origin").desc());
    order.add(col("_row").desc());
    return rows.sortWithinPartitions(order.toArray(Column[]::new));
  }

  private static Dataset<Row> flat(Dataset<Row> rows, List<String> digests) {
    if (digests.isEmpty()) {
      return rows;
    }
    List<Column> selected = new ArrayList<>();
    for (String name : rows.columns()) {
      if (!name.equals(DIGESTS)) {
        selected.add(named(name));
      }
    }
    for (int i = 0; i < digests.size(); i++) {
      selected.add(col(DIGESTS).getField(digests.get(i)).as(DIGEST + i));
    }
    return rows.select(selected.toArray(Column[]::new));
  }

  private static Dataset<Row> packed(Dataset<Row> rows, List<String> digests) {
    Column[] fields = new Column[digests.size()];
    List<String> flat = new ArrayList<>(List.of(rows.columns()));
    for (int i = 0; i < fields.length; i++) {
      fields[i] = col(DIGEST + i).as(digests.get(i));
      flat.remove(DIGEST + i);
    }
    List<Column> selected = new ArrayList<>();
    flat.forEach(name -> selected.add(named(name)));
    selected.add(struct(fields).as(DIGESTS));
    return rows.select(selected.toArray(Column[]::new));
  }

  private static Column named(String name) {
    return col("`" + name + "`");
  }
}
