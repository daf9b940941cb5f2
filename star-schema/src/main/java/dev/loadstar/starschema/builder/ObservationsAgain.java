package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.lit;

import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.spark.SparkTables;
import dev.loadstar.tables.spark.SparkTypes;
import dev.loadstar.tables.spark.Written;
import dev.loadstar.tables.stored.LakeAttempt;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * All observations of a dimension that was built again by the definition that it had: only what
 * differs is written, so that a rebuild of what is as it should be changes nothing.
 */
record ObservationsAgain(BuildSession session, Table before) {
  /** Empty when the observations have other columns now and begin anew. */
  static Optional<ObservationsAgain> of(
      BuildSession session, Optional<Table> before, TableShape now) {
    return before
        .filter(table -> LakeAttempt.fits(table, now))
        .filter(table -> table.shape().definition().equals(now.definition()))
        .filter(
            table -> new HashSet<>(table.shape().columns()).equals(new HashSet<>(now.columns())))
        .map(table -> new ObservationsAgain(session, table));
  }

  /**
   * @param observations all that count now
   * @param rows how many
   */
  Table after(Dataset<Row> observations, long rows) {
    TableShape shape = before.shape();
    Column[] columns = SparkTables.columns(shape.names());
    Column[] key = SparkTables.columns(shape.key());
    Dataset<Row> old = session.tables().read(before).select(columns);
    Dataset<Row> now = observations.select(columns);
    Dataset<Row> other = session.tables().hold(now.except(old));
    Dataset<Row> gone = session.tables().hold(old.select(key).except(now.select(key)));
    long differing = other.count() + gone.count();
    if (differing == 0) {
      return before;
    }
    Column[] keyAlone =
        shape.columns().stream()
            .map(column -> shape.key().contains(column.name()) ? column(column) : nothing(column))
            .toArray(Column[]::new);
    Dataset<Row> changed =
        other
            .withColumn(SparkTables.GOES, lit(false))
            .unionByName(gone.select(keyAlone).withColumn(SparkTables.GOES, lit(true)));
    Written written = session.tables().writeChanges(shape, changed, differing);
    return session
        .tables()
        .plus(Optional.of(before), shape, written, rows - before.rows(), before.nextKey());
  }

  private static Column column(TableColumn column) {
    return SparkTables.columns(List.of(column.name()))[0];
  }

  private static Column nothing(TableColumn column) {
    return lit(null).cast(SparkTypes.toSpark(column.type())).as(column.name());
  }
}
