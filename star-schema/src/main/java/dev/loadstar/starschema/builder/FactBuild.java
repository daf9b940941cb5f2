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
  private HeldRows bare;
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
      Optional<FeedNames> found = names(feed, kept);
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

  /** As kept; else bound now, if all that the feed is made of is known. */
  private Optional<FeedNames> names(FactFeedModel feed, Definition kept) {
    Optional<FeedNames> before = FeedNames.kept(fact, feed, kept);
    Optional<Table> lines = states.get(KeptState.table(feed.lines())).after();
    Optional<Table> header = headers(feed).flatMap(KeptState.Change::after);
    if (lines.isEmpty() || (feed.header().isPresent() && header.isEmpty())) {
      return before;
    }
    if (before.isEmpty()
        && (FeedNames.isUntold(session.lake(), feed.lines(), lines.get())
            || header
                .filter(h -> FeedNames.isUntold(session.lake(), feed.header().get().entity(), h))
                .isPresent())) {
      return before;
    }
    FeedNames found =
        before.orElseGet(() -> FeedNames.bound(fact, feed, session.lake(), lines.get(), header));
    found.require(session.lake(), lines.get(), header);
    return Optional.of(found);
  }

  private Optional<KeptState.Change> headers(FactFeedModel feed) {
    return feed.header().map(h -> states.get(KeptState.table(h.entity())));
  }

  /**
   * Finds the lines and facts to look at.
   *
   * @param all whether every line is looked at even if the definition is the same: the table is new
   *     in a star that is not, or lines are known by another key than before
   */
  void prepare(Map<String, DimensionChange> dimensions, boolean all) {
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
    if (prior.isPresent() && prior.get().rows() > 0) {
      KnownFacts facts = new KnownFacts(session, fact, prior.get());
      Optional<Dataset<Row>> others =
          whole ? Optional.of(facts.unsaid(states)) : facts.moved(dimensions, candidates);
      if (others.isPresent()) {
        candidates = candidates == null ? others.get() : candidates.unionByName(others.get());
      }
    }
    bare =
        candidates == null
            ? null
            : session.tables().held(new ForeignKeys(schema, fact).spelled(candidates, dimensions));
  }

  /** What is looked at, once {@link #prepare} found it: the rows of {@link FeedRows}. */
  Optional<Dataset<Row>> rows() {
    return Optional.ofNullable(bare).map(HeldRows::rows);
  }

  FactModel model() {
    return fact;
  }

  /** Looks up foreign keys, compares with the facts there are, writes those that differ. */
  FactChange build(Map<String, Dataset<Row>> members, Map<String, LocalDate> lastDays) {
    if (bare == null) {
      Table same =
          prior.orElseGet(() -> session.tables().plus(prior, shape, Written.NOTHING, 0, 1));
      return new FactChange(
          fact, same, priorQuarantine, FactCounts.of(Map.of()).balances(fact, states), Map.of());
    }
    Dataset<Row> keyed = new ForeignKeys(schema, fact).found(bare.rows(), members, lastDays);
    TalliedRows compared =
        session.tables().tallied(compared(keyed), FactCounts.COUNTED, List.of("_line"), expected);
    FactCounts counts = FactCounts.of(compared.groups());
    counts.guard(fact, session.guards().rejectedFacts());
    return write(compared, counts);
  }

  /** Adds {@code _action}: insert, update, delete, same, keep; and the key that the fact has. */
  private Dataset<Row> compared(Dataset<Row> keyed) {
    Column action =
        when(col("_outcome").equalTo(LineOutcome.FACT), lit("insert")).otherwise(lit("keep"));
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
            .read(prior.get(), bare.rows().filter(FeedRows.IS_KNOWN).select("_line").distinct())
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

  private FactChange write(TalliedRows compared, FactCounts n) {
    long firstKey = prior.map(Table::nextKey).orElse(1L);
    Written written = Written.NOTHING;
    if (n.inserts > 0) {
      Dataset<Row> added =
          compared.numbered(
              FactCounts::isInsert,
              col("_action").equalTo("insert"),
              List.of("_line"),
              firstKey,
              fact.surrogateKey());
      written = session.tables().writeSorted(shape, added);
    }
    if (n.updates + n.deletes > 0) {
      Column[] columns =
          SparkTables.columns(shape.columns().stream().map(TableColumn::name).toList());
      Dataset<Row> changed =
          compared
              .rows()
              .filter(col("_action").isin("update", "delete"))
              .select(append(columns, col("_action").equalTo("delete").as(SparkTables.GOES)));
      written = written.and(session.tables().writeChanges(shape, changed, n.updates + n.deletes));
    }
    Table state =
        session.tables().plus(prior, shape, written, n.inserts - n.deletes, firstKey + n.inserts);
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
    if (bare != null) {
      bare.close();
    }
  }
}
