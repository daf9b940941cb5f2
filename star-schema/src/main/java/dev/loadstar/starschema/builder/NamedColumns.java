package dev.loadstar.starschema.builder;

import dev.loadstar.core.type.Column;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.starschema.expression.Expressions;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.starschema.model.DimensionModel.Enrichment;
import dev.loadstar.tables.spark.LoadRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The columns of an entity's loads, and those that a dimension names although only other loads have
 * them: records may leave out a field, and a column that was renamed has two names in its history.
 */
final class NamedColumns {
  private NamedColumns() {}

  static List<Column> of(BuildSession session, DimensionModel model, List<ProcessedLoad> loads) {
    List<Column> columns = new ArrayList<>(LoadRows.columns(loads));
    Set<String> missing = named(model);
    columns.forEach(column -> missing.remove(column.name()));
    if (!missing.isEmpty()) {
      LoadRows.columns(session.lake().processed().after(model.from(), 0)).stream()
          .filter(column -> missing.contains(column.name()))
          .forEach(columns::add);
    }
    return columns;
  }

  private static Set<String> named(DimensionModel model) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String attribute : model.attributes()) {
      if (!model.isLookedUp(attribute) && !model.columns().containsKey(attribute)) {
        names.add(attribute);
      }
    }
    model.columns().values().forEach(sql -> names.addAll(Expressions.names(sql)));
    model.deletedWhen().ifPresent(sql -> names.addAll(Expressions.names(sql)));
    model.enrichments().stream().map(Enrichment::by).forEach(names::add);
    return names;
  }
}
