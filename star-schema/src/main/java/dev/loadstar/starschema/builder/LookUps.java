package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.col;

import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.starschema.model.DimensionModel.Enrichment;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.spark.Joins;
import dev.loadstar.tables.spark.SparkTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Attributes of a dimension that stand in other entities.
 *
 * @param states kept states by the name of their table
 */
record LookUps(BuildSession session, DimensionModel model, Map<String, KeptState.Change> states) {
  private KeptState.Change of(Enrichment enrichment) {
    return states.get(KeptState.table(enrichment.entity()));
  }

  boolean changed() {
    return model.enrichments().stream().anyMatch(e -> of(e).changedRows() > 0);
  }

  /** Natural keys of members that an observation ties to a looked-up row that changed. */
  Dataset<Row> dependents(Table observations) {
    Dataset<Row> observed = session.tables().read(observations);
    Dataset<Row> members = null;
    for (Enrichment enrichment : model.enrichments()) {
      KeptState.Change lookup = of(enrichment);
      if (lookup.changedRows() == 0) {
        continue;
      }
      Dataset<Row> changed =
          session
              .tables()
              .read(lookup.changed())
              .select(col("_k").as(ObservedRows.lookupKey(enrichment)));
      Dataset<Row> found = Joins.semi(observed, changed).select(SparkTables.columns(model.key()));
      members = members == null ? found : members.union(found);
    }
    return members.distinct();
  }

  /** Observations with {@code _looked_up_<attribute>} where a row is found. */
  Dataset<Row> joined(Dataset<Row> observations) {
    Dataset<Row> rows = observations;
    for (Enrichment enrichment : model.enrichments()) {
      Optional<Table> state = of(enrichment).after();
      if (state.isEmpty()) {
        continue;
      }
      List<Column> wanted = new ArrayList<>();
      wanted.add(col("_k").as(ObservedRows.lookupKey(enrichment)));
      for (String column : enrichment.columns()) {
        wanted.add(col(column).as("_looked_up_" + column));
      }
      Dataset<Row> found = session.tables().read(state.get()).select(wanted.toArray(Column[]::new));
      rows =
          rows.join(
              found,
              CollectionConverters.asScala(List.of(ObservedRows.lookupKey(enrichment))).toSeq(),
              "left_outer");
    }
    return rows;
  }
}
