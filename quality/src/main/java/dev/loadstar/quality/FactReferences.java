package dev.loadstar.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.loadstar.core.quality.QualityResult.Looked;
import dev.loadstar.quality.CheckedTable.ForeignKey;
import dev.loadstar.tables.spark.Joins;
import dev.loadstar.tables.spark.StarRows;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** That a fact's foreign keys find their rows, and versions of the time of the fact. */
final class FactReferences {
  private final MeasurePlan plan;
  private final Verdicts verdicts;
  private final Map<String, CheckedTable> star;
  private final CheckedTable fact;

  FactReferences(
      MeasurePlan plan, Verdicts verdicts, Map<String, CheckedTable> star, CheckedTable fact) {
    this.plan = plan;
    this.verdicts = verdicts;
    this.star = star;
    this.fact = fact;
  }

  /**
   * @param rows the facts to look at: all, or those that were written
   * @param change when it is not all
   */
  void add(MeasurePlan.Scan rows, Optional<StarRows.Change> change, Looked looked) {
    Optional<MeasurePlan.Scan> left = change.flatMap(this::left).map(plan::scan);
    for (ForeignKey key : fact.foreignKeys()) {
      CheckedTable dimension = star.get(key.table());
      if (dimension == null) {
        throw new IllegalArgumentException(fact.name() + " refers to unknown " + key.table());
      }
      List<Integer> lost = new ArrayList<>();
      List<Integer> outside = new ArrayList<>();
      lookUp(rows, key, dimension, lost, outside);
      left.ifPresent(scan -> lookUp(scan, key, dimension, lost, outside));
      verdicts.none(fact.name(), key.column() + " finds its " + key.table(), lost, looked);
      if (!outside.isEmpty()) {
        verdicts.none(
            fact.name(),
            fact.eventTime().orElseThrow() + " lies in the version of " + key.column(),
            outside,
            looked);
      }
    }
  }

  /** Both questions about a foreign key are answered by one look-up. */
  private void lookUp(
      MeasurePlan.Scan scan,
      ForeignKey key,
      CheckedTable dimension,
      List<Integer> lost,
      List<Integer> outside) {
    String prefix = "_" + key.column() + "_";
    Dataset<Row> rows = plan.star().all(dimension.name());
    Dataset<Row> target =
        dimension.versioned()
            ? rows.select(
                col(dimension.key()).as(prefix + "key"),
                col("valid_from").as(prefix + "from"),
                col("valid_to").as(prefix + "to"))
            : rows.select(col(dimension.key()).as(prefix + "key"));
    scan.join(target, col(key.column()).equalTo(col(prefix + "key")));
    lost.add(plan.measure(scan, count_if(col(prefix + "key").isNull())));
    if (dimension.versioned() && fact.eventTime().isPresent()) {
      Column time = col(fact.eventTime().get());
      Column out = time.lt(col(prefix + "from")).or(time.geq(col(prefix + "to")));
      outside.add(plan.measure(scan, count_if(col(key.column()).gt(0).and(out))));
    }
  }

  /** Facts that were not written, though a row that they name went or covers less time. */
  private Optional<Dataset<Row>> left(StarRows.Change change) {
    Dataset<Row> found = null;
    for (ForeignKey key : fact.foreignKeys()) {
      CheckedTable dimension = star.get(key.table());
      Optional<Dataset<Row>> near =
          plan.star().change(key.table()).flatMap(moved -> near(key, dimension, moved));
      if (near.isPresent()) {
        found = found == null ? near.get() : found.union(near.get());
      }
    }
    if (found == null) {
      return Optional.empty();
    }
    Dataset<Row> written = change.now().select(fact.key());
    Dataset<Row> keys = plan.star().kept(Joins.anti(found.distinct(), written));
    return keys.isEmpty() ? Optional.empty() : Optional.of(plan.star().some(fact.name(), keys));
  }

  /** Keys of facts that named a row of a dimension at a time that it has lost. */
  private Optional<Dataset<Row>> near(
      ForeignKey key, CheckedTable dimension, StarRows.Change change) {
    if (change.before().isEmpty()) {
      return Optional.empty();
    }
    boolean timed = dimension.versioned() && fact.eventTime().isPresent();
    Column own = col(dimension.key());
    Dataset<Row> old = change.before().get();
    Dataset<Row> now = change.now();
    if (!timed) {
      Dataset<Row> gone = plan.star().kept(Joins.anti(old.select(own), now.select(own)));
      Dataset<Row> keys = gone.select(own.as(key.column()));
      return gone.isEmpty()
          ? Optional.empty()
          : Optional.of(plan.star().everSaid(fact.name(), keys).select(fact.key()));
    }
    Dataset<Row> later = now.select(own, col("valid_from").as("_from"), col("valid_to").as("_to"));
    Column begins = col("_from").isNull().or(col("_from").gt(col("valid_from")));
    Column ends = col("_to").lt(col("valid_to"));
    Dataset<Row> lost =
        plan.star()
            .kept(
                old.join(later, Joins.on(List.of(dimension.key())), "left_outer")
                    .filter(begins.or(ends))
                    .select(
                        own,
                        when(begins, col("valid_from")).otherwise(col("_to")).as("valid_from"),
                        col("valid_to")));
    if (lost.isEmpty()) {
      return Optional.empty();
    }
    Row span = lost.agg(unix_micros(min("valid_from")), unix_micros(max("valid_to"))).head();
    Dataset<Row> then =
        plan.star()
            .everSaid(
                fact.name(),
                fact.eventTime().get(),
                Instant.EPOCH.plus(span.getLong(0), ChronoUnit.MICROS),
                Instant.EPOCH.plus(span.getLong(1), ChronoUnit.MICROS));
    return Optional.of(naming(then, key, lost, dimension.key()));
  }

  private Dataset<Row> naming(
      Dataset<Row> facts, ForeignKey key, Dataset<Row> rows, String rowKey) {
    return facts
        .select(col(fact.key()), col(key.column()).as(rowKey))
        .join(rows.select(rowKey).distinct(), Joins.on(List.of(rowKey)), "left_semi")
        .select(fact.key());
  }
}
