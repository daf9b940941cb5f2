package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.tables.LoadHistory;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.Widening;
import dev.loadstar.tables.spark.HeldRows;
import dev.loadstar.tables.spark.LoadRows;
import dev.loadstar.tables.spark.SparkRows;
import dev.loadstar.tables.spark.SparkTables;
import dev.loadstar.tables.spark.SparkTypes;
import dev.loadstar.tables.spark.SurrogateKeys;
import dev.loadstar.tables.spark.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Builds one type 2 dimension: reads the history of touched members only, writes what changed. */
final class DimensionBuild {
  private static final long SPECIAL_ROWS = 2;

  private final BuildSession session;
  private final DimensionModel model;
  private final LookUps lookUps;
  private final Optional<Table> prior;
  private final Optional<Table> priorObservations;
  private final Optional<Table> observationsBefore;
  private final boolean again;
  private final FormerMembers former;
  private final DimensionTable table;

  /**
   * @param lookups kept states by the name of their table
   * @param again whether all that is left of its loads is given once more, because the model
   *     changed or somebody asked for it
   */
  DimensionBuild(
      BuildSession session,
      DimensionModel model,
      LoadHistory history,
      Map<String, KeptState.Change> lookups,
      Optional<Table> prior,
      Optional<Table> priorObservations,
      boolean again) {
    this.session = session;
    this.model = model;
    this.lookUps = new LookUps(session, model, lookups);
    this.again = again;
    this.prior = prior;
    this.observationsBefore = priorObservations;
    this.priorObservations = again ? Optional.empty() : priorObservations;
    Optional<RetainedObservations> expired =
        again
            ? RetainedObservations.of(session, model, prior, priorObservations, history)
            : Optional.empty();
    this.table =
        DimensionTable.of(
            session, model, history.loads(), lookups, this.priorObservations, prior, expired);
    this.former = new FormerMembers(session, model, prior);
  }

  /** Whether kept observations lack what new ones are compared by, or hold keys that do not fit. */
  boolean needsAllLoads() {
    return !again
        && priorObservations
            .map(Table::shape)
            .filter(
                old ->
                    !old.names().containsAll(table.observationShape().names())
                        || table.observationShape().columns().stream()
                            .filter(column -> model.key().contains(column.name()))
                            .anyMatch(column -> !fits(old.column(column.name()), column)))
            .isPresent();
  }

  private static boolean fits(Optional<TableColumn> old, TableColumn now) {
    return old.isPresent() && Widening.fits(old.get().type(), now.type());
  }

  DimensionChange build() {
    boolean news = LoadRows.haveFiles(table.loads());
    boolean reread = lookUps.changed() && priorObservations.isPresent();
    Optional<Table> now = prior.map(p -> session.tables().asNow(p, table.shape()));
    Optional<Table> observed =
        priorObservations.map(o -> session.tables().asNow(o, table.observationShape()));
    if (!news && !reread && !again) {
      return untouched(now, observed);
    }
    Dataset<Row> fresh = news ? table.observations() : null;
    Dataset<Row> touched = news ? fresh.select(keys()).distinct() : null;
    if (reread) {
      Dataset<Row> dependent = lookUps.dependents(observed.get());
      touched = touched == null ? dependent : touched.union(dependent).distinct();
    }
    Dataset<Row> input =
        news
            ? table.fold().encodedObservations(lookUps.joined(fresh), MemberLayout.NEW_OBSERVATION)
            : session.spark().createDataFrame(List.of(), table.fold().inputSchema());
    // Both or neither: an observation without its version would become a new one. Of another
    // definition every member is looked at, for it may be none any more.
    List<Table> history = Stream.concat(now.stream(), observed.stream()).toList();
    Optional<Dataset<Row>> wanted =
        again || session.tables().small(history) ? Optional.empty() : Optional.of(touched);
    if (observed.isPresent() && observed.get().rows() > 0) {
      Dataset<Row> old = session.tables().read(observed.get(), wanted);
      input =
          input.unionByName(
              table.fold().encodedObservations(lookUps.joined(old), MemberLayout.OLD_OBSERVATION));
    }
    if (now.isPresent() && !former.ofOtherKey()) {
      Dataset<Row> versions =
          session
              .tables()
              .read(now.get(), wanted)
              .filter(col(model.surrogateKey()).gt(0)); // special rows are nobody's versions
      input = input.unionByName(table.fold().encodedVersions(versions));
    }
    MemberFold fold =
        new MemberFold(table.layout(), model.onDelete(), model.effectiveAt().isEmpty());
    List<Column> order = new ArrayList<>();
    model.key().forEach(k -> order.add(col(k)));
    for (String name : List.of("_kind", "_effective", "_load", "_origin", "_row")) {
      order.add(col(name));
    }
    Dataset<Row> folded =
        SparkRows.map(
            input.repartition(keys()).sortWithinPartitions(order.toArray(Column[]::new)),
            SparkTypes.columns(table.fold().foldedSchema()),
            fold);
    try (HeldRows held = session.tables().held(folded)) {
      return write(held.rows(), now, observed);
    }
  }

  private DimensionChange untouched(Optional<Table> now, Optional<Table> observed) {
    Table state = now.orElseGet(this::onlySpecialRows);
    return new DimensionChange(
        model,
        state,
        observed,
        Written.NOTHING,
        new HopBalance("build", model.table(), RowBalance.ZERO),
        new BuildResult.DimensionChange(0, 0, 0, 0),
        former.rekeyed(table.shape()),
        List.of());
  }

  private Table onlySpecialRows() {
    Written written = session.tables().write(table.shape(), table.specialRows(), SPECIAL_ROWS);
    return session.tables().plus(Optional.empty(), table.shape(), written, SPECIAL_ROWS, 1);
  }

  private DimensionChange write(
      Dataset<Row> folded, Optional<Table> now, Optional<Table> observed) {
    FoldCounts n =
        FoldCounts.of(
            SparkRows.collected(
                folded
                    .groupBy(col("_out"), col("_fate"), col("_note"), col("_key").isNull())
                    .agg(count(lit(1)))));
    RowBalance rows =
        new RowBalance(
                table.rows(), 0, n.passed, n.unchanged, n.deduplicated, 0, n.quarantined(), 0)
            .require("build of " + model.table());
    if (again) {
      former.guardValues(n.emptiedMembers);
    } else {
      former.guard(n.knownMembers);
    }
    long firstKey = prior.map(Table::nextKey).orElse(1L);
    Dataset<Row> versions = folded.filter(col("_out").equalTo(MemberFold.VERSION));
    Dataset<Row> known = versions.filter(col("_key").isNotNull());
    Dataset<Row> changed = table.fold().decoded(known);
    if (n.newVersions > 0) {
      List<String> order = new ArrayList<>(model.key());
      order.add("valid_from");
      Dataset<Row> numbered =
          SurrogateKeys.number(
              session.spark(),
              versions.filter(col("_key").isNull()),
              n.newVersions,
              order,
              firstKey,
              "_number");
      Dataset<Row> added =
          numbered
              .withColumn("_key", col("_number"))
              .withColumn("_durable", coalesce(col("_durable"), col("_number").minus(col("_nth"))));
      changed = changed.unionByName(table.fold().decoded(added));
    }
    long specials = prior.isEmpty() ? SPECIAL_ROWS : 0;
    boolean otherShape = again && !prior.map(Table::shape).equals(Optional.of(table.shape()));
    if (specials > 0 || otherShape) {
      changed = changed.unionByName(table.specialRows()); // with the attributes there are now
    }
    long left = 0;
    if (former.ofOtherKey()) {
      changed = changed.unionByName(former.leaving(now.get()));
      left = now.get().rows() - SPECIAL_ROWS;
    }
    long removed = n.removedVersions + left;
    long written = n.newVersions + n.changedVersions + removed + SPECIAL_ROWS;
    boolean anything = specials > 0 || otherShape || written > SPECIAL_ROWS;
    Dataset<Row> kept =
        folded
            .filter(col("_out").equalTo(MemberFold.OBSERVATION).and(col("_fate").isNotNull()))
            .transform(table.fold()::storedObservations);
    boolean everObserved = observationsBefore.isPresent() || n.kept > 0;
    AtomicReference<Written> versionsWritten = new AtomicReference<>();
    AtomicReference<Optional<Table>> observations = new AtomicReference<>(Optional.empty());
    AtomicReference<Written> intervals = new AtomicReference<>();
    Dataset<Row> rowsToWrite = changed;
    long goneToo = left;
    Concurrently.run(
        List.of(
            () ->
                versionsWritten.set(
                    session
                        .tables()
                        .writeChanges(table.shape(), rowsToWrite, anything ? written : 0)),
            () -> {
              if (everObserved) {
                observations.set(Optional.of(observations(observed, kept, n.kept)));
              }
            },
            () -> intervals.set(intervals(folded, n.intervals, goneToo))));
    Table state =
        session
            .tables()
            .plus(
                now,
                table.shape(),
                versionsWritten.get(),
                n.newVersions - removed + specials,
                firstKey + n.newVersions);
    return new DimensionChange(
        model,
        state,
        observations.get(),
        intervals.get(),
        new HopBalance("build", model.table(), rows),
        new BuildResult.DimensionChange(n.newVersions, n.changedVersions, removed, 0),
        former.rekeyed(table.shape()),
        n.findings(model, again));
  }

  private Table observations(Optional<Table> observed, Dataset<Row> kept, long rows) {
    Optional<ObservationsAgain> same =
        again
            ? ObservationsAgain.of(session, observationsBefore, table.observationShape())
            : Optional.empty();
    if (same.isPresent()) {
      return same.get().after(kept, rows);
    }
    Written added = session.tables().write(table.observationShape(), kept, rows);
    return session.tables().plus(observed, table.observationShape(), added, rows, 1);
  }

  private Written intervals(Dataset<Row> folded, long moved, long left) {
    Dataset<Row> intervals =
        folded
            .filter(col("_out").equalTo(MemberFold.INTERVAL))
            .select(
                table.naturalKey().as("_nk"),
                col("valid_from").as("_from"),
                col("valid_to").as("_to"));
    if (left > 0) {
      intervals = intervals.union(former.everywhere());
    }
    return session.tables().write(table.intervalShape(), intervals, moved + left);
  }

  private Column[] keys() {
    return SparkTables.columns(model.key());
  }
}
