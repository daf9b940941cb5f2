package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.starschema.model.Definition;
import dev.loadstar.starschema.model.FactFeedModel;
import dev.loadstar.starschema.model.FactFeedModel.Header;
import dev.loadstar.starschema.model.FactModel;
import dev.loadstar.starschema.model.StarSchema;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.spark.HeldRows;
import dev.loadstar.tables.spark.SparkRows;
import dev.loadstar.tables.spark.SparkTables;
import dev.loadstar.tables.spark.TalliedRows;
import dev.loadstar.tables.spark.Written;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Builds one fact: the lines that changed, those whose header changed, and re-pointed facts. */
final class FactBuild implements AutoCloseable {
  /** What becomes of a line as long as there is no fact. */
  private static final Column ACTION =
      when(LineOutcome.is(LineOutcome.FACT), lit("insert")).otherwise(lit("keep"));

  private final BuildSession session;
  private final StarSchema schema;
  private final FactModel fact;
  private final Optional<Table> prior;
  private final Optional<Table> priorQuarantine;
  private final Map<String, KeptState.Change> states;
  private final Map<String, String> dimensionTables = new LinkedHashMap<>();
  private final Map<EntityName, FeedNames> names = new HashMap<>();
  private final boolean again;
  private final TableShape shape;
  private boolean whole;
  private Optional<HeldRows> bare = Optional.empty();
  private Optional<TalliedRows> counted = Optional.empty();
  private long expected;

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
    Definition model = Definition.of(fact);
    this.again = prior.filter(p -> !model.describes(p.shape().definition())).isPresent();
    Definition kept =
        again || prior.isEmpty() ? model : Definition.parse(prior.get().shape().definition());
    Definition bound = model;
    for (FactFeedModel feed : fact.feeds()) {
      Optional<FeedNames> found =
          FeedNames.of(
              fact,
              feed,
              kept,
              session.lake(),
              states.get(KeptState.table(feed.lines())).after(),
              headers(feed).flatMap(KeptState.Change::after));
      if (found.isPresent()) {
        names.put(feed.lines(), found.get());
        bound = bound.binding(feed.lines(), found.get().owners());
      }
    }
    this.shape = FactTable.shape(fact, dimensionTables, bound);
    this.prior = prior.map(p -> session.tables().asNow(p, shape));
  }

  /** Whether lines, headers or members are known by another key or spelling than before. */
  static boolean renamed(
      FactModel fact,
      Map<String, KeptState.Change> states,
      Map<String, DimensionChange> dimensions) {
    return fact.feeds().stream()
            .flatMap(
                f -> Stream.concat(Stream.of(f.lines()), f.header().stream().map(Header::entity)))
            .anyMatch(entity -> states.get(KeptState.table(entity)).rebuilt())
        || fact.dimensions().values().stream()
            .map(use -> dimensions.get(use.dimension()))
            .anyMatch(dimension -> dimension != null && dimension.rekeyed());
  }

  private Optional<KeptState.Change> headers(FactFeedModel feed) {
    return feed.header().map(h -> states.get(KeptState.table(h.entity())));
  }

  /**
   * Finds the lines and facts to look at.
   *
   * @param lastDays by calendar
   * @param all whether every line is looked at even if the definition is the same: the table is new
   *     in a star that is not, or lines are known by another key than before
   */
  void prepare(
      Map<String, DimensionChange> dimensions, Map<String, LocalDate> lastDays, boolean all) {
    whole = again || all;
    Dataset<Row> candidates = null;
    for (FactFeedModel feed : fact.feeds()) {
      KeptState.Change lines = states.get(KeptState.table(feed.lines()));
      Optional<FeedNames> known = Optional.ofNullable(names.get(feed.lines()));
      expected +=
          whole
              ? lines.after().map(Table::rows).orElse(0L)
              : lines.changedRows() + headers(feed).map(KeptState.Change::changedRows).orElse(0L);
      Optional<Dataset<Row>> rows =
          new FeedRows(session, schema, fact, feed, known).candidates(lines, headers(feed), whole);
      if (rows.isPresent()) {
        candidates = candidates == null ? rows.get() : candidates.unionByName(rows.get());
      }
    }
    if (hasFacts()) {
      KnownFacts facts = new KnownFacts(session, fact, prior.get());
      Optional<Dataset<Row>> others =
          whole ? Optional.of(facts.unsaid(states)) : facts.moved(dimensions, candidates);
      if (others.isPresent()) {
        candidates = candidates == null ? others.get() : candidates.unionByName(others.get());
      }
    }
    if (candidates == null) {
      return;
    }
    ForeignKeys keys = new ForeignKeys(schema, fact);
    Dataset<Row> looked = keys.dated(keys.spelled(candidates, dimensions), lastDays);
    if (hasFacts()) {
      bare = Optional.of(session.tables().held(looked));
    } else { // what becomes of a line depends on nothing else, so it is counted as it comes
      Dataset<Row> lines = looked.withColumn("_action", ACTION);
      counted = Optional.of(session.tables().tallied(lines, FactCounts.COUNTED, "_line"));
    }
  }

  private boolean hasFacts() {
    return prior.filter(p -> p.rows() > 0).isPresent();
  }

  /** What is looked at, once {@link #prepare} found it: the rows of {@link FeedRows}. */
  Optional<Dataset<Row>> rows() {
    return bare.map(HeldRows::rows).or(() -> counted.map(TalliedRows::rows));
  }

  /** About how many these are. */
  long expected() {
    return expected;
  }

  FactModel model() {
    return fact;
  }

  /** Looks up foreign keys, compares with the facts there are, writes those that differ. */
  FactChange build(Map<String, Dataset<Row>> members, Map<String, DimensionChange> dimensions) {
    if (rows().isEmpty()) {
      Table same =
          prior.orElseGet(() -> session.tables().plus(prior, shape, Written.NOTHING, 0, 1));
      return new FactChange(
          fact, same, priorQuarantine, FactCounts.of(Map.of()).balances(fact, states), Map.of());
    }
    ForeignKeys keys = new ForeignKeys(schema, fact);
    TalliedRows looked =
        counted.orElseGet(
            () ->
                session
                    .tables()
                    .tallied(
                        compared(keys.found(rows().orElseThrow(), members)),
                        FactCounts.COUNTED,
                        List.of("_line"),
                        expected));
    FactCounts counts = FactCounts.of(looked.groups());
    counts.guard(fact, session.guards().rejectedFacts());
    Written added = Written.NOTHING;
    if (counts.inserts > 0) {
      Dataset<Row> numbered =
          looked.numbered(
              FactCounts::isInsert,
              col("_action").equalTo("insert"),
              firstKey(),
              fact.surrogateKey());
      added =
          counted.isEmpty()
              ? session.tables().writeSorted(shape, numbered)
              : written(keys.found(numbered, members), counts.inserts, dimensions);
    }
    return write(looked, added, counts);
  }

  /** Writes facts in the order of their keys, which look-ups in what every task has leave alone. */
  private Written written(
      Dataset<Row> facts, long inserts, Map<String, DimensionChange> dimensions) {
    boolean sorted =
        !SparkRows.areFew(facts)
            && fact.dimensions().values().stream()
                .map(use -> dimensions.get(use.dimension()))
                .allMatch(dimension -> dimension == null || NamedMembers.areFew(dimension));
    return sorted
        ? session.tables().writeSorted(shape, facts)
        : session.tables().write(shape, facts.select(columns()), inserts);
  }

  private long firstKey() {
    return prior.map(Table::nextKey).orElse(1L);
  }

  private Column[] columns() {
    return SparkTables.columns(shape.names());
  }

  /** Adds {@code _action}: insert, update, delete, same, keep; and the key that the fact has. */
  private Dataset<Row> compared(Dataset<Row> keyed) {
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
            .read(
                prior.get(),
                rows().orElseThrow().filter(FeedRows.IS_KNOWN).select("_line").distinct())
            .select(old.toArray(Column[]::new));
    Column key = col("_old_" + fact.surrogateKey());
    Column isFact = col("_outcome").equalTo(LineOutcome.FACT);
    // Built again, a fact is what its line says today: nothing else is known of new columns.
    Column goes = again ? isFact.equalTo(false) : LineOutcome.is(LineOutcome.CANCELLED);
    Column chosen =
        when(isFact.and(key.isNull()), "insert")
            .when(isFact.and(differs), "update")
            .when(isFact, "same")
            .when(goes.and(key.isNotNull()), "delete")
            .otherwise("keep");
    scala.collection.immutable.Seq<String> line =
        scala.jdk.javaapi.CollectionConverters.asScala(List.of("_line")).toSeq();
    return keyed
        .join(existing, line, "left_outer")
        .withColumn("_action", chosen)
        .withColumn(fact.surrogateKey(), key);
  }

  private FactChange write(TalliedRows compared, Written added, FactCounts n) {
    Written written = added;
    if (n.updates + n.deletes > 0) {
      Dataset<Row> changed =
          compared
              .rows()
              .filter(col("_action").isin("update", "delete"))
              .select(append(columns(), col("_action").equalTo("delete").as(SparkTables.GOES)));
      written = written.and(session.tables().writeChanges(shape, changed, n.updates + n.deletes));
    }
    Table state =
        session.tables().plus(prior, shape, written, n.inserts - n.deletes, firstKey() + n.inserts);
    Optional<Table> quarantine =
        new FactQuarantine(session, fact, priorQuarantine, whole)
            .after(compared.rows(), n.quarantined);
    return new FactChange(fact, state, quarantine, n.balances(fact, states), n.noted);
  }

  private static Column[] append(Column[] columns, Column last) {
    Column[] all = java.util.Arrays.copyOf(columns, columns.length + 1);
    all[columns.length] = last;
    return all;
  }

  @Override
  public void close() {
    bare.ifPresent(HeldRows::close);
    counted.ifPresent(TalliedRows::close);
  }
}
