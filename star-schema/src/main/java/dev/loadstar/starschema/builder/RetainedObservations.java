package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.spark.SparkTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Observations whose loads expired, for a dimension that is built again: what can be read again is,
 * these stand for the rest. A column that they never had gets the value that the member shows next,
 * so that not knowing it makes no version.
 *
 * @param kept the dimension's observations as the head has them
 * @param upTo the last load that expired
 */
record RetainedObservations(BuildSession session, DimensionModel model, Table kept, long upTo) {
  private static final List<String> ARRIVAL = List.of("_load", "_origin", "_row");

  /** Empty when nothing expired, or when members are told apart by other columns now. */
  static Optional<RetainedObservations> of(
      BuildSession session, DimensionModel model, Optional<Table> kept, long upTo) {
    return kept.filter(table -> upTo > 0 && table.shape().names().containsAll(model.key()))
        .map(table -> new RetainedObservations(session, model, table, upTo));
  }

  /**
   * Those that are not among the rows that were read.
   *
   * @param read rows of {@link ObservedRows}
   */
  Dataset<Row> besides(Dataset<Row> read) {
    Dataset<Row> old = session.tables().read(kept).filter(col("_load").leq(upTo));
    Dataset<Row> again = read.filter(col("_load").leq(upTo)).select(SparkTables.columns(ARRIVAL));
    return session.tables().hold(SparkTables.antiJoin(old, again));
  }

  /** The rows that were read and these. */
  Dataset<Row> joined(Dataset<Row> read, Dataset<Row> besides) {
    List<String> have = List.of(besides.columns());
    List<String> unknown = new ArrayList<>();
    List<Column> selected = new ArrayList<>();
    for (var field : read.schema().fields()) {
      boolean known = have.contains(field.name());
      if (!known) {
        unknown.add(field.name());
      }
      selected.add((known ? col(field.name()) : lit(null)).cast(field.dataType()).as(field.name()));
    }
    Dataset<Row> old = besides.select(selected.toArray(Column[]::new));
    if (unknown.isEmpty()) {
      return read.unionByName(old);
    }
    Dataset<Row> all =
        read.withColumn("_read", lit(true)).unionByName(old.withColumn("_read", lit(false)));
    List<Column> order = new ArrayList<>(List.of(col("_effective")));
    ARRIVAL.forEach(name -> order.add(col(name)));
    WindowSpec member =
        Window.partitionBy(SparkTables.columns(model.key())).orderBy(order.toArray(Column[]::new));
    WindowSpec later = member.rowsBetween(Window.currentRow(), Window.unboundedFollowing());
    WindowSpec earlier = member.rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Column known = when(col("_read"), struct(SparkTables.columns(unknown)));
    Dataset<Row> filled =
        all.withColumn(
            "_filled", coalesce(first(known, true).over(later), last(known, true).over(earlier)));
    return filled.select(
        List.of(read.columns()).stream()
            .map(
                name -> unknown.contains(name) ? col("_filled").getField(name).as(name) : col(name))
            .toArray(Column[]::new));
  }
}
