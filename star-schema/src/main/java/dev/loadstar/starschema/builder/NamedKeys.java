package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import dev.loadstar.starschema.model.FactModel.DimensionUse;
import dev.loadstar.starschema.model.StarSchema;
import dev.loadstar.tables.spark.SparkTables;
import dev.loadstar.tables.spark.TextsOfColumns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds the members that facts name, of all dimensions in one pass over each fact's rows. */
record NamedKeys(SparkTables tables, StarSchema schema) {
  /** By dimension distinct natural keys, column {@code _nk}; nothing where no fact names one. */
  Map<String, Dataset<Row>> of(List<FactBuild> facts) {
    Map<String, Dataset<Row>> keys = new LinkedHashMap<>();
    Map<String, Dataset<Row>> several = new LinkedHashMap<>();
    for (FactBuild fact : facts) {
      fact.rows()
          .ifPresent(
              rows ->
                  of(rows, fact.model().dimensions())
                      .forEach(
                          (dimension, named) -> {
                            Dataset<Row> others = keys.put(dimension, named);
                            if (others != null) {
                              several.merge(dimension, others, Dataset::union);
                            }
                          }));
    }
    several.forEach(
        (dimension, others) ->
            keys.put(dimension, tables.hold(keys.get(dimension).union(others).distinct())));
    return keys;
  }

  private Map<String, Dataset<Row>> of(Dataset<Row> rows, Map<String, DimensionUse> uses) {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    List<Column> selected = new ArrayList<>();
    uses.forEach(
        (role, use) -> {
          if (schema.calendar(use.dimension()).isEmpty()) {
            String name = FactTable.naturalKey(role);
            Column key = col(name);
            selected.add(when(key.notEqual(FeedValues.NOT_APPLICABLE), key).as(name));
            columns.computeIfAbsent(use.dimension(), d -> new ArrayList<>()).add(name);
          }
        });
    if (columns.isEmpty()) {
      return Map.of();
    }
    Dataset<Row> facts =
        rows.filter(col("_outcome").equalTo(LineOutcome.FACT))
            .select(selected.toArray(Column[]::new));
    List<Dataset<Row>> texts =
        TextsOfColumns.find(tables, facts, List.copyOf(columns.values()), "_nk");
    Map<String, Dataset<Row>> named = new LinkedHashMap<>();
    int next = 0;
    for (String dimension : columns.keySet()) {
      named.put(dimension, texts.get(next++));
    }
    return named;
  }
}
