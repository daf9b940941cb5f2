package dev.loadstar.starschema.builder;

import dev.loadstar.core.type.Column;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.starschema.expression.Expressions;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.tables.spark.LoadRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * By what a change of an attribute is found. An attribute that is a column changes with its digest.
 * One that is computed changes with the columns that its expression reads, so an observation holds
 * the digests of those, and of each a hash of what it shows: one whose digest changes while it
 * shows the same hides a change behind its mask.
 *
 * @param digests columns whose digests are kept
 * @param inputs of computed type 2 attributes that read a column with a digest, all they read;
 *     columns between which a {@code coalesce} chooses stand together, in its order
 */
record ComparedColumns(List<String> digests, Map<String, List<List<String>>> inputs) {
  ComparedColumns {
    digests = List.copyOf(digests);
    inputs = Map.copyOf(inputs);
  }

  /** Columns of which an observation holds a hash of what they show. */
  List<String> shown() {
    return List.copyOf(
        new TreeSet<>(
            inputs.values().stream().flatMap(List::stream).flatMap(List::stream).toList()));
  }

  /** The columns of an observation that hold both. */
  List<String> columns() {
    return Stream.concat(digests.stream().map(d -> "_d_" + d), shown().stream().map(v -> "_v_" + v))
        .toList();
  }

  /**
   * @param like the loads whose columns there are; may be without rows
   * @param columns of these loads and whatever else the dimension names
   * @param known columns whose digests older observations hold
   */
  static ComparedColumns of(
      DimensionModel model, List<ProcessedLoad> like, List<Column> columns, List<String> known) {
    TreeSet<String> digested = new TreeSet<>(known);
    digested.addAll(LoadRows.digests(like));
    Map<String, List<List<String>>> inputs = new LinkedHashMap<>();
    for (String attribute : model.type2()) {
      if (model.columns().containsKey(attribute)) {
        List<String> read = read(model.columns().get(attribute), columns);
        if (read.stream().anyMatch(digested::contains)) {
          inputs.put(attribute, grouped(model.columns().get(attribute), read));
        }
      }
    }
    List<String> digests = new ArrayList<>();
    for (String column : digested) {
      boolean attribute =
          model.attributes().contains(column)
              && !model.columns().containsKey(column)
              && !model.isLookedUp(column);
      if (attribute
          || inputs.values().stream()
              .flatMap(List::stream)
              .anyMatch(read -> read.contains(column))) {
        digests.add(column);
      }
    }
    return new ComparedColumns(digests, inputs);
  }

  private static List<List<String>> grouped(String sql, List<String> read) {
    List<List<String>> groups = new ArrayList<>();
    TreeSet<String> left = new TreeSet<>(read);
    for (List<String> names : Expressions.alternatives(sql)) {
      List<String> group =
          names.stream()
              .flatMap(name -> read.stream().filter(name::equalsIgnoreCase))
              .filter(left::contains)
              .distinct()
              .toList();
      if (group.size() > 1) {
        groups.add(group);
        left.removeAll(group);
      }
    }
    left.forEach(column -> groups.add(List.of(column)));
    return groups;
  }

  /** The columns that an expression reads; case does not count, as in SQL. */
  static List<String> read(String sql, List<Column> columns) {
    TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(Expressions.names(sql));
    return columns.stream().map(Column::name).filter(names::contains).toList();
  }

  /**
   * What a load does not know: attributes, {@code _d_<column>} for digests, and {@code _m_<column>}
   * for what a compared column held before it was masked.
   */
  List<String> unknown(DimensionModel model, ProcessedLoad load) {
    List<String> own = load.columns().stream().map(Column::name).toList();
    List<String> unknown = new ArrayList<>();
    for (String attribute : model.attributes()) {
      String sql = model.columns().get(attribute);
      boolean known =
          model.isLookedUp(attribute)
              || (sql == null ? own.contains(attribute) : Expressions.isKnown(sql, own));
      if (!known) {
        unknown.add(attribute);
      }
    }
    digests.stream().filter(d -> !load.digests().contains(d)).forEach(d -> unknown.add("_d_" + d));
    Stream.concat(digests.stream(), shown().stream())
        .distinct()
        .filter(column -> own.contains(column) && !load.unmasked().contains(column))
        .forEach(column -> unknown.add("_m_" + column));
    return unknown;
  }
}
