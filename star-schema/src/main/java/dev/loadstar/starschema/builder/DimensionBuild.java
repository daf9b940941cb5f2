package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.tables.LoadHistory;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.spark.LoadRows;
import dev.loadstar.tables.spark.SparkTables;
import dev.loadstar.tables.spark.SurrogateKeys;
import dev.loadstar.tables.spark.Written;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Builds one type 2 dimension: reads the history of touched members only, writes what changed. */
final class DimensionBuild {
  /** A guard in per cent means nothing among a handful of members. */
  private static final long GUARD_FROM_MEMBERS = 20;

  private final BuildSession session;
  private final DimensionModel model;
  private final LookUps lookUps;
  private final Optional<Table> prior;
  private final Optional<Table> priorObservations;
  private final Optional<Table> observationsBefore;
  private final boolean again;
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
    this.observationsBefore = priorObservations;
    Optional<Table> known = again ? Optional.empty() : priorObservations;
    Optional<RetainedObservations> expired =
        again
            ? RetainedObservations.of(session, model, priorObservations, history.expiredUpTo())
            : Optional.empty();
    this.table = DimensionTable.of(session, model, history.loads(), lookups, known, prior, expired);
    this.prior = prior.map(p -> session.tables().asNow(p, table.shape()));
    this.priorObservations = known.map(o -> session.tables().asNow(o, table.observationShape()));
  }

  DimensionChange build() {
    boolean news = LoadRows.haveFiles(table.loads());
    boolean reread = lookUps.changed() && priorObservations.isPresent();
    if (!news && !reread) {
      return untouched();
    }
    Dataset<Row> fresh = news ? table.observations() : null;
    Dataset<Row> touched = news ? fresh.select(keys()).distinct() : null;
    if (reread) {
      Dataset<Row> dependent = lookUps.dependents(priorObservations.get());
      touched = touched == null ? dependent : touched.union(dependent).distinct();
    }
    Dataset<Row> input =
        news
            ? table.encodedObservations(lookUps.joined(fresh), MemberLayout.NEW_OBSERVATION)
            : null;
    // Both or neither: an observation without its version would become a new one.
    List<Table> history = Stream.concat(prior.stream(), priorObservations.stream()).toList();
    Optional<Dataset<Row>> wanted =
        session.tables().small(history) ? Optional.empty() : Optional.of(touched);
    if (priorObservations.isPresent() && priorObservations.get().rows() > 0) {
      Dataset<Row> old = session.tables().read(priorObservations.get(), wanted);
      input =
          union(
              input, table.encodedObservations(lookUps.joined(old), MemberLayout.OLD_OBSERVATION));
    }
    if (prior.isPresent()) {
      Dataset<Row> versions =
          session
              .tables()
              .read(prior.get(), wanted)
              .filter(col(model.surrogateKey()).gt(0)); // special rows are nobody's versions
      input = union(input, table.encodedVersions(versions));
    }
    MemberFold fold =
        new MemberFold(table.layout(), model.onDelete(), model.effectiveAt().isEmpty());
    List<Column> order = new ArrayList<>();
    model.key().forEach(k -> order.add(col(k)));
    for (String name : List.of("_kind", "_effective", "_load", "_origin", "_row")) {
      order.add(col(name));
    }
    Dataset<Row> folded =
        input
            .repartition(keys())
            .sortWithinPartitions(order.toArray(Column[]::new))
            .mapPartitions(fold, Encoders.row(table.foldedSchema()))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return write(folded);
    } finally {
      folded.unpersist();
    }
  }

  private DimensionChange untouched() {
    HopBalance balance = new HopBalance("build", model.table(), RowBalance.ZERO);
    if (prior.isPresent()) {
      return new DimensionChange(
          model,
          prior.get(),
          priorObservations,
          Written.NOTHING,
          balance,
          new BuildResult.DimensionChange(0, 0, 0, 0));
    }
    Dataset<Row> specials = table.specialRows();
    Written written = session.tables().write(table.shape(), specials, 2);
    Table state = session.tables().plus(prior, table.shape(), written, 2, 1);
    return new DimensionChange(
        model,
        state,
        priorObservations,
        Written.NOTHING,
        balance,
        new BuildResult.DimensionChange(0, 0, 0, 0));
  }

  private DimensionChange write(Dataset<Row> folded) {
    FoldCounts n =
        FoldCounts.of(
            folded
                .groupBy(col("_out"), col("_op"), col("_note"), col("_key").isNull())
                .agg(count(lit(1)))
                .collectAsList());
    RowBalance rows =
        new RowBalance(table.rows(), 0, n.passed, n.unchanged, n.deduplicated, 0, 0, 0)
            .require("build of " + model.table());
    guard(n.knownMembers);
    long firstKey = prior.map(Table::nextKey).orElse(1L);
    Dataset<Row> versions = folded.filter(col("_out").equalTo(MemberFold.VERSION));
    Dataset<Row> known = versions.filter(col("_key").isNotNull());
    Dataset<Row> changed = table.decoded(known);
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
      changed = changed.unionByName(table.decoded(added));
    }
    if (prior.isEmpty()) {
      changed = changed.unionByName(table.specialRows());
    }
    long specials = prior.isEmpty() ? 2 : 0;
    long written = n.newVersions + n.changedVersions + n.removedVersions + specials;
    Written versionsWritten = session.tables().writeChanges(table.shape(), changed, written);
    Table state =
        session
            .tables()
            .plus(
                prior,
                table.shape(),
                versionsWritten,
                n.newVersions - n.removedVersions + specials,
                firstKey + n.newVersions);
    Dataset<Row> kept =
        folded
            .filter(col("_out").equalTo(MemberFold.OBSERVATION).and(col("_op").isNotNull()))
            .transform(table::storedObservations);
    Table observations = observations(kept, n.kept);
    Written intervals = Written.NOTHING;
    if (n.intervals > 0) {
      Dataset<Row> moved =
          folded
              .filter(col("_out").equalTo(MemberFold.INTERVAL))
              .select(
                  KeptState.key(model.key()).as("_nk"),
                  col("valid_from").as("_from"),
                  col("valid_to").as("_to"));
      intervals = session.tables().write(table.intervalShape(), moved, n.intervals);
    }
    return new DimensionChange(
        model,
        state,
        Optional.of(observations),
        intervals,
        new HopBalance("build", model.table(), rows),
        new BuildResult.DimensionChange(n.newVersions, n.changedVersions, n.removedVersions, 0));
  }

  private Table observations(Dataset<Row> kept, long rows) {
    Optional<ObservationsAgain> same =
        again
            ? ObservationsAgain.of(session, observationsBefore, table.observationShape())
            : Optional.empty();
    if (same.isPresent()) {
      return same.get().after(kept, rows);
    }
    Written observed = session.tables().write(table.observationShape(), kept, rows);
    return session.tables().plus(priorObservations, table.observationShape(), observed, rows, 1);
  }

  private void guard(long changedMembers) {
    Optional<BigDecimal> limit = session.guards().changedMembers();
    if (again || limit.isEmpty() || changedMembers <= GUARD_FROM_MEMBERS || prior.isEmpty()) {
      return;
    }
    long known =
        session
            .tables()
            .read(prior.get())
            .filter("is_current and " + model.surrogateKey() + " > 0")
            .count();
    BigDecimal share =
        BigDecimal.valueOf(changedMembers)
            .divide(BigDecimal.valueOf(Math.max(1, known)), 4, RoundingMode.HALF_UP);
    if (share.compareTo(limit.get()) > 0) {
      throw new LoadException(
          ErrorCode.GUARD_EXCEEDED,
          "Cannot build %s: %d of %d known members changed, expected at most %s%%. Look at the source; if this is right, raise guards.changed_members for one night."
              .formatted(
                  model.table(),
                  changedMembers,
                  known,
                  limit.get().movePointRight(2).stripTrailingZeros().toPlainString()));
    }
  }

  private Column[] keys() {
    return SparkTables.columns(model.key());
  }

  private static Dataset<Row> union(Dataset<Row> a, Dataset<Row> b) {
    return a == null ? b : a.unionByName(b);
  }
}
