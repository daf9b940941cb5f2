package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import dev.loadstar.starschema.model.FactModel.DimensionUse;
import dev.loadstar.tables.spark.SparkTables;
import dev.loadstar.tables.spark.TextsOfColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The natural keys that facts name of a dimension.
 *
 * @param keys column {@code _nk}
 * @param distinct whether each key is there once, and not as often as it is named: to know which
 *     members many facts name costs more than to look for those of them that are nobody's
 */
record NamedKeys(Dataset<Row> keys, boolean distinct) {
  /** By dimension; nothing where no fact names one. */
  static Map<String, NamedKeys> of(
      BuildSession build, List<FactBuild> facts, Map<String, DimensionChange> dimensions) {
    long looked = facts.stream().mapToLong(FactBuild::expected).sum();
    Set<String> few = new HashSet<>();
    dimensions.forEach(
        (name, change) -> {
          if (looked < change.state().rows() || !NamedMembers.areFew(change)) {
            few.add(name);
          }
        });
    Map<String, NamedKeys> named = new HashMap<>();
    new Finder(build.tables(), few)
        .of(facts)
        .forEach((dimension, keys) -> named.put(dimension, new NamedKeys(keys, true)));
    for (FactBuild fact : facts) {
      fact.model()
          .dimensions()
          .forEach(
              (role, use) -> {
                if (dimensions.containsKey(use.dimension()) && !few.contains(use.dimension())) {
                  fact.rows()
                      .map(rows -> new NamedKeys(all(rows, role), false))
                      .ifPresent(keys -> named.merge(use.dimension(), keys, NamedKeys::and));
                }
              });
    }
    return named;
  }

  private NamedKeys and(NamedKeys more) {
    return new NamedKeys(keys.union(more.keys), false);
  }

  private static Dataset<Row> all(Dataset<Row> rows, String role) {
    return rows.filter(LineOutcome.is(LineOutcome.FACT))
        .select(key(role).as("_nk"))
        .filter(col("_nk").isNotNull());
  }

  private static Column key(String role) {
    Column key = col(FactTable.naturalKey(role));
    return when(key.notEqual(FeedValues.NOT_APPLICABLE), key);
  }

  /**
   * Finds each key once, of all dimensions in one pass over each fact's rows.
   *
   * @param wanted names of dimensions
   */
  private record Finder(SparkTables tables, Set<String> wanted) {
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
            if (wanted.contains(use.dimension())) {
              String name = FactTable.naturalKey(role);
              selected.add(key(role).as(name));
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
}
