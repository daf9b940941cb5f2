package dev.loadstar.starschema.model;

import dev.loadstar.core.type.ColumnType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A fact table.
 *
 * @param name without prefix: {@code sales} becomes {@code fact_sales}
 * @param grain its columns with their types, in order
 * @param eventTime the column whose time picks the version of every dimension
 * @param dimensions role to use, in order; {@code customer} gives the column {@code customer_key}
 * @param measures in order
 * @param attributes degenerate ones with their types, in order
 * @param feeds where its rows come from, in order
 */
public record FactModel(
    String name,
    Map<String, ColumnType> grain,
    String eventTime,
    Map<String, DimensionUse> dimensions,
    List<Measure> measures,
    Map<String, ColumnType> attributes,
    List<FactFeedModel> feeds) {
  /**
   * How a fact refers to a dimension.
   *
   * @param dimension the dimension's or calendar's name; the role itself unless said otherwise
   * @param column of the fact or its feeds that holds the natural key, or the time for a calendar
   */
  public record DimensionUse(String dimension, String column) {}

  /**
   * A number that adds up.
   *
   * @param type {@code decimal(19,4)} unless said otherwise
   * @param expression Spark SQL over other measures; else the feeds say what it is
   */
  public record Measure(String name, ColumnType type, Optional<String> expression) {
    public static final ColumnType DEFAULT_TYPE = new ColumnType.Decimal(19, 4);
  }

  public FactModel {
    grain = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(grain));
    dimensions = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
    measures = List.copyOf(measures);
    attributes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    feeds = List.copyOf(feeds);
  }

  public String table() {
    return "fact_" + name;
  }

  public String quarantine() {
    return "quarantine_" + name;
  }

  public String surrogateKey() {
    return name + "_key";
  }
}
