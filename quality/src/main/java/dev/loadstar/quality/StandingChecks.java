package dev.loadstar.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import dev.loadstar.core.quality.QualityResult.Looked;
import dev.loadstar.quality.CheckedTable.Kind;
import dev.loadstar.tables.spark.Joins;
import dev.loadstar.tables.spark.SparkTables;
import dev.loadstar.tables.spark.StarRows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What every star must keep, whether anybody wrote it down or not. The star before kept it, so only
 * what changed is looked at: rows that were written, members of whom a version was, and facts that
 * a change may have made wrong. A key that was written takes the place of an older one, so it can
 * come twice among the written ones alone.
 */
final class StandingChecks {
  private final MeasurePlan plan;
  private final Verdicts verdicts;
  private final Map<String, CheckedTable> star;

  StandingChecks(MeasurePlan plan, Verdicts verdicts, Map<String, CheckedTable> star) {
    this.plan = plan;
    this.verdicts = verdicts;
    this.star = star;
  }

  void add(CheckedTable table) {
    String name = table.name();
    Optional<StarRows.Change> change = change(table);
    MeasurePlan.Scan rows = change.map(c -> plan.now(name, c)).orElseGet(() -> plan.all(name));
    Looked looked = change.isPresent() ? Looked.CHANGE : Looked.ALL;
    none(name, "key not null", plan.measure(rows, count_if(col(table.key()).isNull())), looked);
    none(name, "key unique", plan.repeats(plan.like(name), List.of(table.key())), looked);
    if (table.kind() == Kind.FACT) {
      none(name, "grain not null", plan.measure(rows, count_if(isMissing(table))), looked);
      none(
          name,
          "grain unique",
          plan.repeats(sharedGrains(table, change), table.identity()),
          looked);
      FactReferences references = new FactReferences(plan, verdicts, star, table);
      references.add(rows, change, looked);
      return;
    }
    if (table.identity().isEmpty()) {
      return;
    }
    Column missing = col(table.key()).gt(0).and(isMissing(table));
    none(name, "natural key not null", plan.measure(rows, count_if(missing)), looked);
    Dataset<Row> members = members(table, change).filter(col(table.key()).gt(0));
    if (!table.versioned()) {
      none(name, "natural key unique", plan.repeats(members, table.identity()), looked);
      return;
    }
    MeasurePlan.Chain chain = plan.chain(members, table.identity());
    none(name, "natural key and valid_from unique", chain.repeated(), looked);
    none(name, "versions do not overlap", chain.overlapping(), looked);
    none(name, "versions leave no gap", chain.gaps(), looked);
    none(name, "exactly one current version unless deleted", chain.current(), looked);
  }

  /** Of a fact only if what it refers to can be followed, too. */
  private Optional<StarRows.Change> change(CheckedTable table) {
    boolean followed =
        table.foreignKeys().stream().allMatch(key -> plan.star().change(key.table()).isPresent());
    return followed ? plan.star().change(table.name()) : Optional.empty();
  }

  private static Column isMissing(CheckedTable table) {
    return table.identity().stream().map(c -> col(c).isNull()).reduce(lit(false), Column::or);
  }

  /** All versions of members of whom one was written or went; what has no key is no member. */
  private Dataset<Row> members(CheckedTable table, Optional<StarRows.Change> change) {
    if (change.isEmpty()) {
      return plan.star().all(table.name()).filter(isMissing(table).unary_$bang());
    }
    Column[] key = SparkTables.columns(table.identity());
    Dataset<Row> touched = change.get().now().select(key);
    if (change.get().before().isPresent()) {
      touched = touched.union(change.get().before().get().select(key));
    }
    Dataset<Row> named = plan.star().kept(touched.na().drop("any").distinct());
    return Joins.semi(plan.star().some(table.name(), named), named);
  }

  /** All facts of the grains that were written. */
  private Dataset<Row> sharedGrains(CheckedTable fact, Optional<StarRows.Change> change) {
    if (change.isEmpty()) {
      return plan.star().all(fact.name());
    }
    Column[] grain = SparkTables.columns(fact.identity());
    Dataset<Row> written = plan.star().kept(change.get().now().select(grain).distinct());
    Dataset<Row> keys = plan.star().everSaid(fact.name(), written).select(fact.key()).distinct();
    return Joins.semi(plan.star().some(fact.name(), keys), written);
  }

  private void none(String table, String name, int slot, Looked looked) {
    verdicts.none(table, name, slot, looked);
  }
}
