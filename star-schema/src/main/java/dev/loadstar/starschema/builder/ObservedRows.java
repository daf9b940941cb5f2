package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.yaml.Suggestion;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.starschema.model.DimensionModel.Enrichment;
import dev.loadstar.tables.LoadHistory;
import dev.loadstar.tables.spark.LoadRows;
import dev.loadstar.tables.spark.SparkTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** What processed loads say about the members of a dimension. */
final class ObservedRows {
  private ObservedRows() {}

  /**
   * The fingerprint of the key behind the digests.
   *
   * @param before that of the observations there are; may be empty
   * @throws LoadException when loads were digested under different keys, for these do not compare
   */
  static String changeKey(DimensionModel model, List<ProcessedLoad> loads, String before) {
    String key = before;
    for (ProcessedLoad load : loads) {
      if (load.digests().isEmpty()) {
        continue;
      }
      if (!key.isEmpty() && !key.equals(load.changeKey())) {
        throw new LoadException(
            ErrorCode.CONFIGURATION_INVALID,
            "Cannot build %s: load %d of %s was digested under another change key than before. Put the masking key that was listed first back in its place."
                .formatted(model.table(), load.number(), load.entity()));
      }
      key = load.changeKey();
    }
    return key;
  }

  /** The column of an observation that names the row to look up. */
  static String lookupKey(Enrichment enrichment) {
    return "_by_" + enrichment.entity().source() + "__" + enrichment.entity().entity();
  }

  /**
   * Natural key, effective time, arrival, deletion, attributes, look-up keys, what is compared.
   *
   * @param columns the loads' and what else the dimension names; null in rows that lack them
   */
  static Dataset<Row> read(
      BuildSession session,
      DimensionModel model,
      List<ProcessedLoad> loads,
      List<dev.loadstar.core.type.Column> columns,
      ComparedColumns compared) {
    Dataset<Row> rows = withAll(columns, LoadRows.read(session.spark(), session.lake(), loads));
    List<String> have = List.of(rows.columns());
    List<Column> selected = new ArrayList<>();
    for (String key : model.key()) {
      selected.add(value(model, have, key).as(key));
    }
    String zone = session.date().zone().getId();
    Column business = to_utc_timestamp(col("_business_date").cast("timestamp"), zone);
    Column effective =
        model
            .effectiveAt()
            .map(name -> coalesce(effective(rows, model, have, name, zone), business))
            .orElse(business);
    selected.add(unix_micros(effective).as("_effective"));
    selected.add(col("_load"));
    selected.add(col("_origin"));
    selected.add(col("_row"));
    selected.add(
        coalesce(model.deletedWhen().map(e -> expr(e)).orElse(lit(false)), lit(false))
            .as("_deleted"));
    selected.add(
        unknown(model, LoadHistory.origins(session.lake(), loads), compared).as("_unknown"));
    for (String attribute : model.attributes()) {
      if (!model.isLookedUp(attribute)) {
        selected.add(value(model, have, attribute).as(attribute));
      }
    }
    for (Enrichment enrichment : model.enrichments()) {
      selected.add(
          KeptState.text(rows, value(model, have, enrichment.by())).as(lookupKey(enrichment)));
    }
    for (String digest : compared.digests()) {
      Column value = have.contains("_d_" + digest) ? col("_d_" + digest) : lit(null).cast("bigint");
      selected.add(value.as("_d_" + digest));
    }
    for (String column : compared.shown()) {
      selected.add(xxhash64(col(column)).as("_v_" + column));
    }
    return rows.select(selected.toArray(Column[]::new));
  }

  private static Dataset<Row> withAll(
      List<dev.loadstar.core.type.Column> columns, Dataset<Row> rows) {
    List<String> have = List.of(rows.columns());
    Dataset<Row> all = rows;
    for (dev.loadstar.core.type.Column column : columns) {
      if (!have.contains(column.name())) {
        all = all.withColumn(column.name(), lit(null).cast(SparkTypes.toSpark(column.type())));
      }
    }
    return all;
  }

  private static Column unknown(
      DimensionModel model, List<ProcessedLoad> origins, ComparedColumns compared) {
    Map<String, List<Object>> alike = new TreeMap<>();
    for (ProcessedLoad load : origins) {
      List<String> unknown = compared.unknown(model, load);
      if (!unknown.isEmpty()) {
        alike.computeIfAbsent(String.join(",", unknown), u -> new ArrayList<>()).add(load.number());
      }
    }
    Column unknown = lit(null).cast("string");
    for (Map.Entry<String, List<Object>> loadsOf : alike.entrySet()) {
      unknown =
          when(col("_load").isin(loadsOf.getValue().toArray()), lit(loadsOf.getKey()))
              .otherwise(unknown);
    }
    return unknown;
  }

  private static Column effective(
      Dataset<Row> rows, DimensionModel model, List<String> have, String name, String zone) {
    Column value = value(model, have, name);
    DataType type = rows.select(value).schema().fields()[0].dataType();
    Column time = value.cast("timestamp");
    return type.equals(DataTypes.DateType) ? to_utc_timestamp(time, zone) : time;
  }

  private static Column value(DimensionModel model, List<String> have, String name) {
    if (model.columns().containsKey(name)) {
      return expr(model.columns().get(name));
    }
    if (have.contains(name)) {
      return col(name);
    }
    throw new LoadException(
        ErrorCode.CONFIGURATION_INVALID,
        "Cannot build %s: %s has no column %s after masking, expected it. Classify it in masking/classification.yaml, or correct star-schema.yaml%s"
            .formatted(
                model.table(),
                model.from(),
                name,
                Suggestion.among(name, have.stream().filter(c -> !c.startsWith("_")).toList())));
  }
}
