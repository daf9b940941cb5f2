package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.when;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.starschema.model.FactFeedModel;
import dev.loadstar.starschema.model.FactModel;
import dev.loadstar.starschema.model.FactModel.DimensionUse;
import dev.loadstar.starschema.model.FactModel.Measure;
import dev.loadstar.starschema.model.StarSchema;
import dev.loadstar.tables.spark.SparkTables;
import dev.loadstar.tables.spark.SparkTypes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The lines of one feed that this build must look at, as facts without foreign keys: the fact's own
 * columns but those, {@code _line, _nk_<role>, _load, _origin, _row}, and {@code _feed, _batch,
 * _released, _outcome, _column}.
 */
final class FeedRows {
  static final String FACT = "fact";
  static final String WAITING = "waiting";
  static final String CANCELLED = "cancelled";

  /** A natural key that says: this fact has no such dimension. No trimmed text is like it. */
  static final String NOT_APPLICABLE = "\u0001not applicable";

  private final BuildSession session;
  private final StarSchema schema;
  private final FactModel fact;
  private final FactFeedModel feed;

  FeedRows(BuildSession session, StarSchema schema, FactModel fact, FactFeedModel feed) {
    this.session = session;
    this.schema = schema;
    this.fact = fact;
    this.feed = feed;
  }

  /**
   * @param all whether every line is looked at, because the model is new
   * @return empty when there is nothing to look at
   */
  Optional<Dataset<Row>> candidates(
      KeptState.Change lines, Optional<KeptState.Change> headers, boolean all) {
    if (lines.after().isEmpty()) {
      return Optional.empty();
    }
    Dataset<Row> chosen = null;
    if (lines.changedRows() > 0) {
      chosen = tagged(changed(lines), true);
    }
    boolean headersMoved = headers.map(h -> h.changedRows() > 0).orElse(false);
    if (all || headersMoved) {
      Dataset<Row> known = session.tables().read(lines.after().get());
      if (!all) {
        known =
            known
                .withColumn("_by", by(known))
                .join(changed(headers.get()).select(col("_k").as("_by")), by("_by"), "left_semi")
                .drop("_by");
      }
      if (chosen != null) {
        known = SparkTables.antiJoin(known, chosen.select("_k"));
      }
      Dataset<Row> others = tagged(known, false);
      chosen = chosen == null ? others : chosen.unionByName(others);
    }
    boolean headerKnown = headers.flatMap(KeptState.Change::after).isPresent();
    return Optional.ofNullable(chosen)
        .map(rows -> evaluated(withHeader(rows, headers), headerKnown));
  }

  private Dataset<Row> changed(KeptState.Change state) {
    return session.tables().read(state.changed()).drop(KeptState.REPLACED);
  }

  private static Dataset<Row> tagged(Dataset<Row> rows, boolean batch) {
    return rows.withColumn("_batch", lit(batch));
  }

  private Column by(Dataset<Row> rows) {
    return KeptState.text(rows, col(feed.header().orElseThrow().by()));
  }

  private static scala.collection.immutable.Seq<String> by(String column) {
    return scala.jdk.javaapi.CollectionConverters.asScala(List.of(column)).toSeq();
  }

  /** Adds the header's columns that the line has not, {@code _headed} and {@code _released}. */
  private Dataset<Row> withHeader(Dataset<Row> rows, Optional<KeptState.Change> headers) {
    if (feed.header().isEmpty()) {
      return rows.withColumn("_headed", lit(true)).withColumn("_released", lit(false));
    }
    if (headers.isEmpty() || headers.get().after().isEmpty()) {
      return rows.withColumn("_headed", lit(false)).withColumn("_released", lit(false));
    }
    KeptState.Change change = headers.get();
    Set<String> own = new HashSet<>(List.of(rows.columns()));
    List<Column> wanted = new ArrayList<>();
    wanted.add(col("_k").as("_by"));
    wanted.add(lit(true).as("_headed"));
    for (var column : change.after().get().shape().columns()) {
      if (!column.name().startsWith("_") && !own.contains(column.name())) {
        wanted.add(col(column.name()));
      }
    }
    Dataset<Row> lines = rows.withColumn("_by", by(rows));
    Dataset<Row> needed = lines.select(col("_by").as("_k")).distinct();
    Dataset<Row> found =
        session.tables().read(change.after().get(), needed).select(wanted.toArray(Column[]::new));
    Dataset<Row> joined = lines.join(found, by("_by"), "left_outer");
    if (change.changedRows() > 0) {
      Dataset<Row> first =
          session
              .tables()
              .read(change.changed())
              .filter(col(KeptState.REPLACED).equalTo(false))
              .select(col("_k").as("_by"), lit(true).as("_first_header"));
      joined =
          joined
              .join(first, by("_by"), "left_outer")
              .withColumn(
                  "_released",
                  coalesce(col("_first_header"), lit(false)).and(col("_batch").equalTo(false)))
              .drop("_first_header");
    } else {
      joined = joined.withColumn("_released", lit(false));
    }
    return joined.withColumn("_headed", coalesce(col("_headed"), lit(false))).drop("_by");
  }

  private Dataset<Row> evaluated(Dataset<Row> rows, boolean headerKnown) {
    Set<String> have = new HashSet<>(List.of(rows.columns()));
    // Before any header ever came its columns are unknown, and every line waits anyway.
    boolean headerUnknown = feed.header().isPresent() && !headerKnown;
    List<Column> selected = new ArrayList<>();
    for (Map.Entry<String, ColumnType> target : FactTable.targets(fact).entrySet()) {
      Column value = value(target.getKey(), have, headerUnknown);
      value = target.getValue() == Simple.TIMESTAMP ? time(rows, value) : value;
      selected.add(value.cast(SparkTypes.toSpark(target.getValue())).as(target.getKey()));
    }
    for (Map.Entry<String, DimensionUse> use : fact.dimensions().entrySet()) {
      selected.add(
          naturalKey(rows, use.getKey(), use.getValue(), have, headerUnknown)
              .as(FactTable.naturalKey(use.getKey())));
    }
    Column cancelled =
        feed.cancelledWhen()
            .filter(e -> !headerUnknown)
            .map(e -> coalesce(expr(e).cast("boolean"), lit(false)))
            .orElse(lit(false));
    selected.add(concat(lit(feed.lines() + ":"), col("_k")).as("_line"));
    for (String name : List.of("_load", "_origin", "_row", "_batch", "_released", "_headed")) {
      selected.add(col(name));
    }
    selected.add(cancelled.as("_cancelled"));
    selected.add(lit(feed.lines().toString()).as("_feed"));
    return judged(rows.select(selected.toArray(Column[]::new)));
  }

  private Column value(String name, Set<String> have, boolean headerUnknown) {
    if (feed.set().containsKey(name)) {
      return lit(feed.set().get(name));
    }
    if (feed.columns().containsKey(name)) {
      return headerUnknown ? lit(null) : expr(feed.columns().get(name));
    }
    if (have.contains(name)) {
      return col(name);
    }
    if (headerUnknown) {
      return lit(null);
    }
    throw new LoadException(
        ErrorCode.CONFIGURATION_INVALID,
        "Cannot build %s from %s: nothing says what %s is, expected a column of that name%s. Add it to `columns` or `set` of the feed in star-schema.yaml, or classify it in masking/classification.yaml."
            .formatted(
                fact.table(),
                feed.lines(),
                name,
                feed.header().map(h -> " in it or in " + h.entity()).orElse("")));
  }

  /** A date is the start of its day where the business is. */
  private Column time(Dataset<Row> rows, Column value) {
    boolean isDate = rows.select(value).schema().fields()[0].dataType().equals(DataTypes.DateType);
    Column time = value.cast("timestamp");
    return isDate ? to_utc_timestamp(time, session.date().zone().getId()) : time;
  }

  private Column naturalKey(
      Dataset<Row> rows, String role, DimensionUse use, Set<String> have, boolean headerUnknown) {
    String set = feed.set().getOrDefault(role, feed.set().get(use.dimension()));
    if (set != null) {
      return set.equals("not_applicable") ? lit(NOT_APPLICABLE) : lit(null).cast("string");
    }
    Column value = value(use.column(), have, headerUnknown);
    if (schema.calendar(use.dimension()).isEmpty()) {
      return value.cast("string");
    }
    Column local = from_utc_timestamp(time(rows, value), session.date().zone().getId());
    return date_format(local, "yyyyMMdd");
  }

  /** Computes measures and says what becomes of each line. */
  private Dataset<Row> judged(Dataset<Row> rows) {
    Dataset<Row> computed = rows;
    for (Measure measure : fact.measures()) {
      if (measure.expression().isPresent()) {
        computed =
            computed.withColumn(
                measure.name(),
                expr(measure.expression().get()).cast(SparkTypes.toSpark(measure.type())));
      }
    }
    Column outcome =
        when(col("_headed").equalTo(false), WAITING).when(col("_cancelled"), CANCELLED);
    Column column = when(col("_headed").equalTo(false).or(col("_cancelled")), lit(null));
    for (String grain : fact.grain().keySet()) {
      outcome = outcome.when(col(grain).isNull(), "missing_grain");
      column = column.when(col(grain).isNull(), grain);
    }
    outcome = outcome.when(col(fact.eventTime()).isNull(), "missing_event_time");
    column = column.when(col(fact.eventTime()).isNull(), fact.eventTime());
    for (Measure measure : fact.measures()) {
      outcome = outcome.when(col(measure.name()).isNull(), "missing_measure");
      column = column.when(col(measure.name()).isNull(), measure.name());
    }
    return computed
        .withColumn("_outcome", outcome.otherwise(FACT))
        .withColumn("_column", column.otherwise(lit(null)).cast("string"))
        .drop("_headed", "_cancelled");
  }
}
