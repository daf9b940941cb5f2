package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.when;

import dev.loadstar.starschema.model.FactFeedModel;
import dev.loadstar.starschema.model.FactModel;
import dev.loadstar.starschema.model.FactModel.DimensionUse;
import dev.loadstar.starschema.model.StarSchema;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.spark.SparkTables;
import dev.loadstar.tables.spark.SurrogateKeys;
import dev.loadstar.tables.spark.Written;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Builds one fact: the lines that changed, those whose header changed, and re-pointed facts. */
final class FactBuild implements AutoCloseable {
  /** Stands for the feed of a fact that is looked at because a version of a member moved. */
  static final String REPOINTED = "re-pointed";

  private final BuildSession session;
  private final StarSchema schema;
  private final FactModel fact;
  private final Optional<Table> prior;
  private final Optional<Table> priorQuarantine;
  private final Map<String, KeptState.Change> states;
  private final Map<String, String> dimensionTables = new LinkedHashMap<>();
  private final TableShape shape;
  private Dataset<Row> bare;

  FactBuild(
      BuildSession session,
      StarSchema schema,
      FactModel fact,
      Optional<Table> prior,
      Optional<Table> priorQuarantine,
      Map<String, KeptState.Change> states) {
    this.session = session;
    this.schema = schema;
    this.fact = fact;
    this.priorQuarantine = priorQuarantine;
    this.states = states;
    fact.dimensions().forEach((role, use) -> dimensionTables.put(role, "dim_" + use.dimension()));
    this.shape = FactTable.shape(fact, dimensionTables);
    this.prior = prior.map(p -> session.tables().asNow(p, shape));
  }

  /**
   * Finds the lines and facts to look at.
   *
   * @param again whether every line is looked at, because the model changed
   */
  void prepare(Map<String, DimensionChange> dimensions, boolean again) {
    Dataset<Row> candidates = null;
    for (FactFeedModel feed : fact.feeds()) {
      KeptState.Change lines = states.get(KeptState.table(feed.lines()));
      Optional<KeptState.Change> headers =
          feed.header().map(h -> states.get(KeptState.table(h.entity())));
      Optional<Dataset<Row>> rows =
          new FeedRows(session, schema, fact, feed).candidates(lines, headers, again);
      if (rows.isPresent()) {
        candidates = candidates == null ? rows.get() : candidates.unionByName(rows.get());
      }
    }
    Optional<Dataset<Row>> moved = repointed(dimensions);
    if (moved.isPresent()) {
      Dataset<Row> others =
          candidates == null
              ? moved.get()
              : SparkTables.antiJoin(moved.get(), candidates.select("_line"));
      candidates = candidates == null ? others : candidates.unionByName(others);
    }
    bare =
        candidates == null
            ? null
            : new ForeignKeys(schema, fact)
                .spelled(candidates, dimensions)
                .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Facts within an interval in which a member's key is another one now. */
  private Optional<Dataset<Row>> repointed(Map<String, DimensionChange> dimensions) {
    if (prior.isEmpty() || prior.get().rows() == 0) {
      return Optional.empty();
    }
    Dataset<Row> found = null;
    for (Map.Entry<String, DimensionUse> use : fact.dimensions().entrySet()) {
      DimensionChange change = dimensions.get(use.getValue().dimension());
      if (change == null || change.intervals().isEmpty()) {
        continue;
      }
      Dataset<Row> intervals = session.tables().read(change.intervals());
      if (change.intervals().rows() <= SparkTables.BROADCAST_ROWS) {
        intervals = broadcast(intervals);
      }
      Column inside =
          col(FactTable.naturalKey(use.getKey()))
              .equalTo(col("_nk"))
              .and(col(fact.eventTime()).geq(timestamp_micros(col("_from"))))
              .and(col(fact.eventTime()).lt(timestamp_micros(col("_to"))));
      Dataset<Row> here = session.tables().read(prior.get()).join(intervals, inside, "left_semi");
      found = found == null ? here : found.union(here);
    }
    if (found == null) {
      return Optional.empty();
    }
    List<String> dropped = new ArrayList<>(List.of(fact.surrogateKey()));
    fact.dimensions().keySet().forEach(role -> dropped.add(FactTable.foreignKey(role)));
    return Optional.of(
        found
            .dropDuplicates(new String[] {"_line"})
            .drop(dropped.toArray(String[]::new))
            .withColumn("_batch", lit(false))
            .withColumn("_released", lit(false))
            .withColumn("_feed", lit(REPOINTED))
            .withColumn("_outcome", lit(FeedRows.FACT))
            .withColumn("_column", lit(null).cast("string")));
  }

  /** Natural keys of a dimension, column {@code _nk}, that these facts name; not distinct. */
  Optional<Dataset<Row>> named(String dimension) {
    Dataset<Row> named = null;
    for (Map.Entry<String, DimensionUse> use : fact.dimensions().entrySet()) {
      if (bare == null || !use.getValue().dimension().equals(dimension)) {
        continue;
      }
      Column key = col(FactTable.naturalKey(use.getKey()));
      Dataset<Row> keys =
          bare.filter(col("_outcome").equalTo(FeedRows.FACT).and(key.isNotNull()))
              .filter(key.notEqual(FeedRows.NOT_APPLICABLE))
              .select(key.as("_nk"));
      named = named == null ? keys : named.union(keys);
    }
    return Optional.ofNullable(named);
  }

  /** Looks up foreign keys, compares with the facts there are, writes those that differ. */
  FactChange build(Map<String, Dataset<Row>> members, Map<String, LocalDate> lastDays) {
    if (bare == null) {
      Table same =
          prior.orElseGet(() -> session.tables().plus(prior, shape, Written.NOTHING, 0, 1));
      return new FactChange(
          fact, same, priorQuarantine, FactCounts.of(List.of()).balances(fact, states), Map.of());
    }
    Dataset<Row> keyed = new ForeignKeys(schema, fact).found(bare, members, lastDays);
    Dataset<Row> compared = compared(keyed).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      FactCounts counts =
          FactCounts.of(
              compared
                  .groupBy("_feed", "_outcome", "_action", "_batch", "_released", "_outside")
                  .agg(count(lit(1)))
                  .collectAsList());
      return write(compared, counts);
    } finally {
      compared.unpersist();
    }
  }

  /** Adds {@code _action}: insert, update, delete, same, keep; and the key that the fact has. */
  private Dataset<Row> compared(Dataset<Row> keyed) {
    Column action =
        when(col("_outcome").equalTo(FeedRows.FACT), lit("insert")).otherwise(lit("keep"));
    if (prior.isEmpty() || prior.get().rows() == 0) {
      return keyed
          .withColumn(fact.surrogateKey(), lit(null).cast("bigint"))
          .withColumn("_action", action);
    }
    List<Column> old = new ArrayList<>();
    Column differs = lit(false);
    for (TableColumn column : shape.columns()) {
      String name = column.name();
      old.add(col(name).as(name.equals("_line") ? "_line" : "_old_" + name));
      boolean compare =
          !name.equals(fact.surrogateKey())
              && !List.of("_line", "_load", "_origin", "_row").contains(name);
      if (compare) {
        differs = differs.or(col(name).eqNullSafe(col("_old_" + name)).equalTo(false));
      }
    }
    Dataset<Row> existing =
        session
            .tables()
            .read(prior.get(), bare.select("_line").distinct())
            .select(old.toArray(Column[]::new));
    Column key = col("_old_" + fact.surrogateKey());
    Column isFact = col("_outcome").equalTo(FeedRows.FACT);
    Column chosen =
        when(isFact.and(key.isNull()), "insert")
            .when(isFact.and(differs), "update")
            .when(isFact, "same")
            .when(col("_outcome").equalTo(FeedRows.CANCELLED).and(key.isNotNull()), "delete")
            .otherwise("keep");
    scala.collection.immutable.Seq<String> line =
        scala.jdk.javaapi.CollectionConverters.asScala(List.of("_line")).toSeq();
    return keyed
        .join(existing, line, "left_outer")
        .withColumn("_action", chosen)
        .withColumn(fact.surrogateKey(), key);
  }

  private FactChange write(Dataset<Row> compared, FactCounts n) {
    long firstKey = prior.map(Table::nextKey).orElse(1L);
    Column[] columns =
        SparkTables.columns(shape.columns().stream().map(TableColumn::name).toList());
    Dataset<Row> changed =
        compared
            .filter(col("_action").isin("update", "delete"))
            .select(append(columns, col("_action").equalTo("delete").as(SparkTables.GOES)));
    if (n.inserts > 0) {
      Dataset<Row> added =
          SurrogateKeys.number(
                  session.spark(),
                  compared.filter(col("_action").equalTo("insert")).select(columns),
                  n.inserts,
                  List.of("_line"),
                  firstKey,
                  "_number")
              .withColumn(fact.surrogateKey(), col("_number"))
              .select(append(columns, lit(false).as(SparkTables.GOES)));
      changed = changed.unionByName(added);
    }
    Written written =
        session.tables().writeChanges(shape, changed, n.inserts + n.updates + n.deletes);
    Table state =
        session.tables().plus(prior, shape, written, n.inserts - n.deletes, firstKey + n.inserts);
    Optional<Table> quarantine =
        new FactQuarantine(session, fact, priorQuarantine).after(compared, n.quarantined);
    return new FactChange(fact, state, quarantine, n.balances(fact, states), n.noted);
  }

  private static Column[] append(Column[] columns, Column last) {
    Column[] all = java.util.Arrays.copyOf(columns, columns.length + 1);
    all[columns.length] = last;
    return all;
  }

  @Override
  public void close() {
    if (bare != null) {
      bare.unpersist();
    }
  }
}
