package dev.loadstar.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import dev.loadstar.quality.CheckedTable.ForeignKey;
import dev.loadstar.quality.CheckedTable.Kind;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What every star must keep, whether anybody wrote it down or not. */
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
    Dataset<Row> rows = plan.rows(name);
    none(name, "key not null", plan.scan(name, count_if(col(table.key()).isNull())));
    none(name, "key unique", plan.repeats(rows, List.of(table.key())));
    if (table.kind() == Kind.FACT) {
      Column missing =
          table.identity().stream().map(c -> col(c).isNull()).reduce(lit(false), Column::or);
      none(name, "grain not null", plan.scan(name, count_if(missing)));
      none(name, "grain unique", plan.repeats(rows, table.identity()));
      table.foreignKeys().forEach(key -> reference(table, key));
      return;
    }
    if (table.identity().isEmpty()) {
      return;
    }
    Column missing =
        table.identity().stream().map(c -> col(c).isNull()).reduce(lit(false), Column::or);
    none(
        name,
        "natural key not null",
        plan.scan(name, count_if(col(table.key()).gt(0).and(missing))));
    Dataset<Row> members = rows.filter(col(table.key()).gt(0));
    if (!table.versioned()) {
      none(name, "natural key unique", plan.repeats(members, table.identity()));
      return;
    }
    MeasurePlan.Chain chain = plan.chain(members, table.identity());
    none(name, "natural key and valid_from unique", chain.repeated());
    none(name, "versions do not overlap", chain.overlapping());
    none(name, "versions leave no gap", chain.gaps());
    none(name, "exactly one current version unless deleted", chain.current());
  }

  /** Both questions about a foreign key are answered by one look-up. */
  private void reference(CheckedTable fact, ForeignKey key) {
    String prefix = "_" + key.column() + "_";
    CheckedTable dimension = star.get(key.table());
    if (dimension == null) {
      throw new IllegalArgumentException(fact.name() + " refers to unknown " + key.table());
    }
    Dataset<Row> rows = plan.rows(dimension.name());
    Dataset<Row> target =
        dimension.versioned()
            ? rows.select(
                col(dimension.key()).as(prefix + "key"),
                col("valid_from").as(prefix + "from"),
                col("valid_to").as(prefix + "to"))
            : rows.select(col(dimension.key()).as(prefix + "key"));
    plan.join(fact.name(), target, col(key.column()).equalTo(col(prefix + "key")));
    none(
        fact.name(),
        key.column() + " finds its " + key.table(),
        plan.scan(fact.name(), count_if(col(prefix + "key").isNull())));
    if (dimension.versioned() && fact.eventTime().isPresent()) {
      Column time = col(fact.eventTime().get());
      Column outside = time.lt(col(prefix + "from")).or(time.geq(col(prefix + "to")));
      none(
          fact.name(),
          fact.eventTime().get() + " lies in the version of " + key.column(),
          plan.scan(fact.name(), count_if(col(key.column()).gt(0).and(outside))));
    }
  }

  private void none(String table, String name, int slot) {
    verdicts.none(table, name, slot);
  }
}
