package dev.loadstar.app.step;

import dev.loadstar.app.project.Project;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.core.quality.StarVerdict;
import dev.loadstar.lake.Lake;
import dev.loadstar.quality.CheckedTable;
import dev.loadstar.starschema.builder.CandidateCheck;
import dev.loadstar.starschema.model.FactModel;
import dev.loadstar.tables.ColumnRole;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.Tables;
import dev.loadstar.tables.spark.LoadRows;
import dev.loadstar.tables.spark.StarRows;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Lets the project's quality rules judge a candidate: its tables, and the loads that it takes in.
 *
 * @param verdicts told all of them, before one that failed ends the build
 */
record StarCheck(Project project, Lake lake, Tables tables, Consumer<List<QualityResult>> verdicts)
    implements CandidateCheck {
  @Override
  public StarVerdict check(
      SparkSession spark, List<TableShape> tables, StarRows rows, Map<String, BigDecimal> before) {
    List<QualityResult> results = new ArrayList<>();
    Map<EntityName, Dataset<Row>> entities = new TreeMap<>();
    for (EntityName entity : project.quality().entities()) {
      newRows(spark, entity).ifPresent(found -> entities.put(entity, found));
    }
    if (!entities.isEmpty()) {
      results.addAll(project.quality().checkEntities(spark, entities));
    }
    List<CheckedTable> star = tables.stream().map(this::checked).toList();
    StarRows all = new RowsWithEntities(rows, entity -> newRows(spark, entity));
    StarVerdict ofStar = project.quality().checkStar(spark, star, all, before);
    results.addAll(ofStar.results());
    verdicts.accept(results);
    return new StarVerdict(results, ofStar.figures());
  }

  /** Rows of the loads that the head does not contain. */
  private Optional<Dataset<Row>> newRows(SparkSession spark, EntityName entity) {
    return LoadRows.find(spark, lake, LoadRows.pending(lake, tables.head(), entity));
  }

  private CheckedTable checked(TableShape shape) {
    String key = names(shape, ColumnRole.KEY).get(0);
    if (shape.kind() == TableShape.Kind.DIMENSION) {
      boolean versioned = !names(shape, ColumnRole.VALID_FROM).isEmpty();
      return CheckedTable.dimension(
          shape.name(), key, names(shape, ColumnRole.NATURAL_KEY), versioned);
    }
    List<CheckedTable.ForeignKey> references =
        shape.columns().stream()
            .filter(c -> c.role() == ColumnRole.FOREIGN_KEY)
            .map(c -> new CheckedTable.ForeignKey(c.name(), c.references().orElseThrow()))
            .toList();
    Optional<String> eventTime =
        project.star().facts().stream()
            .filter(fact -> fact.table().equals(shape.name()))
            .map(FactModel::eventTime)
            .findFirst();
    return CheckedTable.fact(
        shape.name(), key, names(shape, ColumnRole.GRAIN), references, eventTime);
  }

  private static List<String> names(TableShape shape, ColumnRole role) {
    return shape.columns().stream()
        .filter(column -> column.role() == role)
        .map(TableColumn::name)
        .toList();
  }
}
