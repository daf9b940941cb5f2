package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.loadstar.starschema.model.FactModel;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.spark.Joins;
import dev.loadstar.tables.spark.SparkTables;
import dev.loadstar.tables.spark.Written;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Pointers to the lines that are no fact for want of something; a line that was mended leaves.
 *
 * @param whole whether every line is looked at
 */
record FactQuarantine(BuildSession session, FactModel fact, Optional<Table> prior, boolean whole) {
  /**
   * @param looked the lines that this build looked at, each once, with their outcome
   * @param rejected how many of them are rejected
   */
  Optional<Table> after(Dataset<Row> looked, long rejected) {
    TableShape shape = FactTable.quarantineShape(fact);
    Column[] columns =
        SparkTables.columns(shape.columns().stream().map(TableColumn::name).toList());
    Dataset<Row> pointers =
        looked
            .filter(LineOutcome.isRejected())
            .withColumn("entity", col("_feed"))
            .withColumn("reason", col("_outcome"))
            .withColumn("column_name", col("_column"))
            .select(columns);
    Optional<Dataset<Row>> known = known(looked, columns);
    long knownRows = known.map(Dataset::count).orElse(0L);
    Dataset<Row> changed = pointers.withColumn(SparkTables.GOES, lit(false));
    long changedRows = rejected;
    if (knownRows > 0) {
      Dataset<Row> others = session.tables().hold(pointers.except(known.get()));
      Dataset<Row> mended = Joins.anti(known.get(), pointers.select("_line"));
      changedRows = others.count() + mended.count();
      changed =
          others
              .withColumn(SparkTables.GOES, lit(false))
              .unionByName(mended.withColumn(SparkTables.GOES, lit(true)));
    }
    if (changedRows == 0) {
      return prior;
    }
    Written written = session.tables().writeChanges(shape, changed, changedRows);
    return Optional.of(session.tables().plus(prior, shape, written, rejected - knownRows, 1));
  }

  /** Pointers to lines that were looked at again. A re-pointed fact says nothing of its line. */
  private Optional<Dataset<Row>> known(Dataset<Row> looked, Column[] columns) {
    if (prior.isEmpty() || prior.get().rows() == 0) {
      return Optional.empty();
    }
    if (whole) {
      Dataset<Row> all = session.tables().read(prior.get()).select(columns);
      return Optional.of(session.tables().hold(all));
    }
    Dataset<Row> lines = looked.filter(KnownFacts.isLine()).select("_line").distinct();
    Dataset<Row> here =
        Joins.semi(session.tables().read(prior.get(), lines), lines).select(columns);
    return Optional.of(session.tables().hold(here));
  }
}
