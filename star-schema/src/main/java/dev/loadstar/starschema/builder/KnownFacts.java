package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.timestamp_micros;

import dev.loadstar.starschema.model.FactFeedModel;
import dev.loadstar.starschema.model.FactModel;
import dev.loadstar.starschema.model.FactModel.DimensionUse;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.spark.Joins;
import dev.loadstar.tables.spark.SparkTables;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Facts that a build looks at for another reason than that their line came. */
record KnownFacts(BuildSession session, FactModel fact, Table prior) {
  /** Stands for the feed of a fact that is looked at because a version of a member moved. */
  static final String REPOINTED = "re-pointed";

  /** Stands for the feed of a fact that no line says any more. */
  static final String UNSAID = "unsaid";

  /** Whether a row stands for a line, and not for a fact that there was. */
  static boolean isLine(String feed) {
    return !feed.equals(REPOINTED) && !feed.equals(UNSAID);
  }

  static Column isLine() {
    return col("_feed").isin(REPOINTED, UNSAID).equalTo(false);
  }

  /** Facts of a feed that left the model, or whose line is known by another key today. */
  Dataset<Row> unsaid(Map<String, KeptState.Change> states) {
    Dataset<Row> facts = session.tables().read(prior);
    for (FactFeedModel feed : fact.feeds()) {
      Optional<Table> lines = states.get(KeptState.table(feed.lines())).after();
      if (lines.isPresent()) {
        Dataset<Row> said =
            session.tables().read(lines.get()).select(line(feed, col("_k")).as("_line"));
        facts = Joins.anti(facts, said);
      }
    }
    return asCandidates(facts, UNSAID, LineOutcome.REMOVED);
  }

  /** How a fact knows its line. */
  static Column line(FactFeedModel feed, Column key) {
    return concat(lit(feed.lines() + ":"), key);
  }

  /**
   * Facts within an interval in which a member's key is another one now.
   *
   * @param candidates the lines looked at, or null
   */
  Optional<Dataset<Row>> moved(Map<String, DimensionChange> dimensions, Dataset<Row> candidates) {
    Map<String, Dataset<Row>> intervals = new LinkedHashMap<>();
    for (Map.Entry<String, DimensionUse> use : fact.dimensions().entrySet()) {
      DimensionChange change = dimensions.get(use.getValue().dimension());
      if (change != null && !change.intervals().isEmpty()) {
        Dataset<Row> moved = session.tables().read(change.intervals());
        boolean few = change.intervals().rows() <= SparkTables.BROADCAST_ROWS;
        intervals.put(use.getKey(), few ? broadcast(moved) : moved);
      }
    }
    if (intervals.isEmpty()) {
      return Optional.empty();
    }
    Dataset<Row> lines = session.tables().hold(lines(intervals, dimensions));
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    Dataset<Row> known = session.tables().read(prior, lines);
    Dataset<Row> found =
        intervals.entrySet().stream()
            .map(e -> known.join(e.getValue(), inside(e.getKey(), dimensions), "left_semi"))
            .reduce(Dataset::union)
            .orElseThrow();
    Dataset<Row> facts =
        asCandidates(found.dropDuplicates(new String[] {"_line"}), REPOINTED, LineOutcome.FACT);
    if (candidates == null) {
      return Optional.of(facts);
    }
    // A fact whose line came broken stays, so it has to follow its members.
    Column decided = LineOutcome.is(LineOutcome.FACT, LineOutcome.CANCELLED);
    return Optional.of(Joins.anti(facts, candidates.filter(decided).select("_line")));
  }

  /**
   * The lines of facts that may be within an interval, from columns alone and from files whose
   * times reach into one: facts of other times are most of the table.
   */
  private Dataset<Row> lines(
      Map<String, Dataset<Row>> intervals, Map<String, DimensionChange> dimensions) {
    Dataset<Row> lines = null;
    for (Map.Entry<String, Dataset<Row>> moved : intervals.entrySet()) {
      Row span = moved.getValue().agg(min("_from"), max("_to")).head();
      Dataset<Row> here =
          session
              .tables()
              .everSaid(
                  prior,
                  fact.eventTime(),
                  Instant.EPOCH.plus(span.getLong(0), ChronoUnit.MICROS),
                  Instant.EPOCH.plus(span.getLong(1), ChronoUnit.MICROS))
              .join(moved.getValue(), inside(moved.getKey(), dimensions), "left_semi")
              .select("_line");
      lines = lines == null ? here : lines.union(here);
    }
    return lines.distinct();
  }

  private Column inside(String role, Map<String, DimensionChange> dimensions) {
    DimensionChange change = dimensions.get(fact.dimensions().get(role).dimension());
    return ForeignKeys.spelled(role, change)
        .equalTo(col("_nk"))
        .and(col(fact.eventTime()).geq(timestamp_micros(col("_from"))))
        .and(col(fact.eventTime()).lt(timestamp_micros(col("_to"))));
  }

  private Dataset<Row> asCandidates(Dataset<Row> facts, String feed, String outcome) {
    List<String> dropped = new ArrayList<>(List.of(fact.surrogateKey()));
    fact.dimensions().keySet().forEach(role -> dropped.add(FactTable.foreignKey(role)));
    return facts
        .drop(dropped.toArray(String[]::new))
        .withColumn("_batch", lit(false))
        .withColumn("_released", lit(false))
        .withColumn("_is_known", lit(true))
        .withColumn("_feed", lit(feed))
        .withColumn("_outcome", lit(outcome))
        .withColumn("_column", lit(null).cast("string"));
  }
}
