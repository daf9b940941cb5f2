package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.dayofmonth;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.month;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.year;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.starschema.expression.CheckedExpression;
import dev.loadstar.starschema.model.FactFeedModel;
import dev.loadstar.starschema.model.FactModel;
import dev.loadstar.starschema.model.FactModel.DimensionUse;
import dev.loadstar.starschema.model.FactModel.Measure;
import dev.loadstar.starschema.model.StarSchema;
import dev.loadstar.tables.spark.SparkTypes;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * What a line says of its fact. A value counts where it is the same value in the type that the fact
 * has for it; a line of which one does not is rejected, with the column, and troubles no other.
 */
final class FeedValues {
  /** A natural key that says: this fact has no such dimension. No trimmed text is like it. */
  static final String NOT_APPLICABLE = "\u0001not applicable";

  /** In microseconds. */
  private static final long DAY = 86_400_000_000L;

  private static final String CANCELLED = "#cancelled";
  private static final List<String> POINTER = List.of("load", "origin", "row");

  private final ZoneId zone;
  private final StarSchema schema;
  private final FactModel fact;
  private final FactFeedModel feed;

  FeedValues(ZoneId zone, StarSchema schema, FactModel fact, FactFeedModel feed) {
    this.zone = zone;
    this.schema = schema;
    this.fact = fact;
    this.feed = feed;
  }

  /** Lines of whose header nothing is known. */
  Dataset<Row> waiting(Dataset<Row> lines) {
    List<Column> selected = new ArrayList<>();
    types().forEach((n, type) -> selected.add(lit(null).cast(SparkTypes.toSpark(type)).as(n)));
    fact.dimensions()
        .keySet()
        .forEach(role -> selected.add(lit(null).cast("string").as(FactTable.naturalKey(role))));
    return lines.select(with(selected, lit(LineOutcome.WAITING), lit(null)).toArray(Column[]::new));
  }

  /** Lines with the columns that the feed names, and those of {@link FeedRows}. */
  Dataset<Row> evaluated(Dataset<Row> lines) {
    Dataset<Row> raw = raw(lines);
    List<Column> selected = new ArrayList<>(List.of(col("*")));
    for (Map.Entry<String, ColumnType> target : FactTable.targets(fact).entrySet()) {
      selected.add(fitted(raw, target.getKey(), target.getValue()).as(target.getKey()));
    }
    for (Map.Entry<String, DimensionUse> use : fact.dimensions().entrySet()) {
      selected.add(naturalKey(raw, use).as(FactTable.naturalKey(use.getKey())));
    }
    Dataset<Row> given = raw.select(selected.toArray(Column[]::new));
    return judged(computed(given));
  }

  /** Only what is ours: values as they are said, so that no name of a source is left. */
  private Dataset<Row> raw(Dataset<Row> lines) {
    List<Column> selected = new ArrayList<>();
    POINTER.forEach(name -> selected.add(col("#" + name)));
    for (String own :
        List.of(FeedRows.KEY, FeedRows.BATCH, FeedRows.RELEASED, FeedRows.HEADED, FeedRows.KNOWN)) {
      selected.add(col(own));
    }
    FactTable.targets(fact).keySet().forEach(n -> selected.addAll(parts(n, said(n))));
    fact.dimensions()
        .forEach(
            (role, use) -> {
              Optional<String> set = constantKey(role, use);
              selected.addAll(
                  parts(
                      FactTable.naturalKey(role),
                      set.map(FeedValues::constant).orElseGet(() -> said(use.column()))));
            });
    feed.cancelledWhen()
        .ifPresent(sql -> selected.addAll(parts(CANCELLED, CheckedExpression.of(sql))));
    return lines.select(selected.toArray(Column[]::new));
  }

  private static List<Column> parts(String name, CheckedExpression said) {
    return List.of(said.value().as(value(name)), said.failed().orElse(lit(false)).as(failed(name)));
  }

  private CheckedExpression said(String name) {
    if (feed.set().containsKey(name)) {
      return constant(feed.set().get(name));
    }
    String sql = feed.columns().get(name);
    return sql == null
        ? new CheckedExpression(col(name), Optional.empty())
        : CheckedExpression.of(sql);
  }

  private static CheckedExpression constant(String text) {
    return new CheckedExpression(lit(text), Optional.empty());
  }

  private Optional<String> constantKey(String role, DimensionUse use) {
    String set = feed.set().getOrDefault(role, feed.set().get(use.dimension()));
    return Optional.ofNullable(set);
  }

  /** A date where a time is wanted is the start of its day where the business is. */
  private Column fitted(Dataset<Row> raw, String name, ColumnType type) {
    DataType from = raw.schema().apply(value(name)).dataType();
    if (!Fitting.isPossible(from, type)) {
      throw new LoadException(
          ErrorCode.CONFIGURATION_INVALID,
          "Cannot build %s from %s: %s is %s, expected what can be %s. Correct the feed in star-schema.yaml."
              .formatted(
                  fact.table(),
                  feed.lines(),
                  name.startsWith("_nk_") ? name.substring(4) : name,
                  SparkTypes.fromSpark(from).text(),
                  type.text()));
    }
    if (type != Simple.TIMESTAMP || !from.equals(DataTypes.DateType)) {
      return Fitting.of(col(value(name)), from, type);
    }
    Column day = Fitting.of(col(value(name)), from, Simple.DATE);
    return to_utc_timestamp(day.cast("timestamp"), zone.getId());
  }

  private Column naturalKey(Dataset<Row> raw, Map.Entry<String, DimensionUse> use) {
    String name = FactTable.naturalKey(use.getKey());
    Optional<String> set = constantKey(use.getKey(), use.getValue());
    if (set.isPresent()) {
      return set.get().equals("not_applicable") ? lit(NOT_APPLICABLE) : lit(null).cast("string");
    }
    if (schema.calendar(use.getValue().dimension()).isEmpty()) {
      return fitted(raw, name, Simple.TEXT);
    }
    Column time = fitted(raw, name, Simple.TIMESTAMP);
    return yyyymmdd(isUtc() ? time : from_utc_timestamp(time, zone.getId()));
  }

  /**
   * Digits of a day in numbers alone: what follows a pattern or a time zone takes ten times that.
   */
  private static Column yyyymmdd(Column time) {
    Column micros = unix_micros(time);
    Column days = micros.minus(pmod(micros, lit(DAY))).divide(DAY); // which leaves nothing over
    Column day = date_from_unix_date(days.cast("int"));
    return year(day)
        .multiply(10_000)
        .plus(month(day).multiply(100))
        .plus(dayofmonth(day))
        .cast("string");
  }

  private boolean isUtc() {
    return zone.getRules().equals(ZoneOffset.UTC.getRules());
  }

  /** Adds the measures that are made of others. */
  private Dataset<Row> computed(Dataset<Row> given) {
    List<Measure> made = fact.measures().stream().filter(m -> m.expression().isPresent()).toList();
    if (made.isEmpty()) {
      return given;
    }
    List<Column> raw = new ArrayList<>(List.of(col("*")));
    made.forEach(
        m -> raw.addAll(parts(m.name(), CheckedExpression.of(m.expression().orElseThrow()))));
    Dataset<Row> values = given.select(raw.toArray(Column[]::new));
    List<Column> all = new ArrayList<>(List.of(col("*")));
    made.forEach(m -> all.add(fitted(values, m.name(), m.type()).as(m.name())));
    return values.select(all.toArray(Column[]::new));
  }

  /** Says what becomes of each line. */
  private Dataset<Row> judged(Dataset<Row> rows) {
    Verdict verdict = new Verdict();
    verdict.add(col(FeedRows.HEADED).equalTo(false), LineOutcome.WAITING, null);
    if (feed.cancelledWhen().isPresent()) {
      Column is = col(value(CANCELLED)).cast("boolean");
      verdict.add(coalesce(is, lit(false)), LineOutcome.CANCELLED, null);
      verdict.add(is.isNull().and(col(failed(CANCELLED))), "unfit_condition", "cancelled_when");
    }
    fact.grain().keySet().forEach(name -> needed(verdict, name, "grain"));
    needed(verdict, fact.eventTime(), "event_time");
    fact.measures().stream()
        .filter(m -> m.expression().isEmpty())
        .forEach(m -> needed(verdict, m.name(), "measure"));
    fact.measures().stream()
        .filter(m -> m.expression().isPresent())
        .forEach(m -> needed(verdict, m.name(), "measure"));
    fact.attributes().keySet().forEach(n -> verdict.add(isUnfit(n), "unfit_attribute", n));
    fact.dimensions()
        .forEach(
            (role, use) -> {
              if (constantKey(role, use).isEmpty()) {
                Column unfit = isUnfit(FactTable.naturalKey(role));
                verdict.add(unfit, "unfit_key", use.column());
              }
            });
    List<Column> selected = new ArrayList<>();
    types().keySet().forEach(name -> selected.add(col(name)));
    fact.dimensions().keySet().forEach(r -> selected.add(col(FactTable.naturalKey(r))));
    return rows.select(
        with(selected, verdict.outcome.otherwise(LineOutcome.FACT), verdict.column)
            .toArray(Column[]::new));
  }

  private static void needed(Verdict verdict, String name, String kind) {
    verdict.add(isUnfit(name), "unfit_" + kind, name);
    verdict.add(col(name).isNull(), "missing_" + kind, name);
  }

  /** Said, but not what it has to be; or not to be computed. */
  private static Column isUnfit(String name) {
    return col(name).isNull().and(col(value(name)).isNotNull().or(col(failed(name))));
  }

  private Map<String, ColumnType> types() {
    Map<String, ColumnType> types = FactTable.targets(fact);
    fact.measures().forEach(m -> types.putIfAbsent(m.name(), m.type()));
    return types;
  }

  private List<Column> with(List<Column> values, Column outcome, Column column) {
    List<Column> selected = new ArrayList<>(values);
    selected.add(KnownFacts.line(feed, col(FeedRows.KEY)).as("_line"));
    POINTER.forEach(name -> selected.add(col("#" + name).as("_" + name)));
    selected.add(col(FeedRows.BATCH).as("_batch"));
    selected.add(col(FeedRows.RELEASED).as("_released"));
    selected.add(lit(feed.lines().toString()).as("_feed"));
    selected.add(col(FeedRows.KNOWN).as("_is_known"));
    selected.add(outcome.as("_outcome"));
    selected.add(column.cast("string").as("_column"));
    return selected;
  }

  private static String value(String name) {
    return "#value " + name;
  }

  private static String failed(String name) {
    return "#failed " + name;
  }

  /** The first that holds counts. */
  private static final class Verdict {
    Column outcome;
    Column column;

    void add(Column holds, String word, String name) {
      outcome = outcome == null ? when(holds, word) : outcome.when(holds, word);
      column = column == null ? when(holds, lit(name)) : column.when(holds, lit(name));
    }
  }
}
