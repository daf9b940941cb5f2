package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;

import dev.loadstar.starschema.model.Definition;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.starschema.model.DimensionModel.Enrichment;
import dev.loadstar.tables.LoadHistory;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.spark.Joins;
import dev.loadstar.tables.spark.SparkTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * Observations whose loads expired, for a dimension that is built again: what can be read again is,
 * these stand for the rest. A column that they never had is one that they do not know, so that it
 * makes no version; a computed one that they had stays as it was said then.
 *
 * @param kept the dimension's observations as the head has them
 * @param upTo the last load that expired
 */
record RetainedObservations(BuildSession session, DimensionModel model, Table kept, long upTo) {
  private static final String UNKNOWN = "_unknown";
  private static final List<String> ARRIVAL = List.of("_load", "_origin", "_row");

  /** Empty when nothing expired, or when members are others or told apart otherwise now. */
  static Optional<RetainedObservations> of(
      BuildSession session,
      DimensionModel model,
      Optional<Table> prior,
      Optional<Table> kept,
      LoadHistory history) {
    boolean sameEntity =
        prior
            .flatMap(p -> Definition.parse(p.shape().definition()).line("from"))
            .map(from -> from.equals(model.from().toString()))
            .orElse(true);
    return kept.filter(table -> sameEntity && history.expiredUpTo() > 0)
        .filter(table -> table.shape().names().containsAll(model.key()))
        .map(table -> new RetainedObservations(session, model, table, history.expiredUpTo()));
  }

  /**
   * Those that are not among the rows that were read.
   *
   * @param read rows of {@link ObservedRows}
   */
  Dataset<Row> besides(Dataset<Row> read) {
    Dataset<Row> old = session.tables().read(kept).filter(col("_load").leq(upTo));
    Dataset<Row> again = read.filter(col("_load").leq(upTo)).select(SparkTables.columns(ARRIVAL));
    return session.tables().hold(Joins.anti(old, again));
  }

  /** The rows that were read and these. */
  Dataset<Row> joined(Dataset<Row> read, Dataset<Row> besides) {
    List<String> have = List.of(besides.columns());
    List<Column> selected = new ArrayList<>();
    for (StructField field : read.schema().fields()) {
      boolean known = have.contains(field.name());
      Column value = field.name().equals(UNKNOWN) ? unknown(read, have) : col(field.name());
      selected.add(
          (known || field.name().equals(UNKNOWN) ? value : lit(null))
              .cast(field.dataType())
              .as(field.name()));
    }
    return read.unionByName(besides.select(selected.toArray(Column[]::new)));
  }

  /** What these did not know, with what they never had. */
  private Column unknown(Dataset<Row> read, List<String> have) {
    Set<String> names = new TreeSet<>();
    for (String attribute : model.attributes()) {
      if (!model.isLookedUp(attribute) && !have.contains(attribute)) {
        names.add(attribute);
      }
    }
    for (Enrichment enrichment : model.enrichments()) {
      if (!have.contains(ObservedRows.lookupKey(enrichment))) {
        names.addAll(enrichment.columns());
      }
    }
    for (String column : read.columns()) {
      if (column.startsWith("_d_") && !have.contains(column)) {
        names.add(column);
        names.add("_m_" + column.substring(3));
      }
    }
    Column had = have.contains(UNKNOWN) ? col(UNKNOWN) : lit(null).cast("string");
    return names.isEmpty() ? had : concat_ws(",", had, lit(String.join(",", names)));
  }
}
