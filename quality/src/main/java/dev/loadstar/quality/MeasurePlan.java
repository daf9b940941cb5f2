package dev.loadstar.quality;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Collects everything that is to be measured and takes one Spark job for it: one scan per table for
 * all its aggregates, one grouping for all uniqueness, one for all version chains. Only counts and
 * sums come to the driver, one row per table and grouped check. Not thread safe.
 */
final class MeasurePlan {
  /** The aggregates of one table, over its rows joined with what they refer to. */
  private static final class Scan {
    private Dataset<Row> rows;
    private final List<Integer> slots = new ArrayList<>();
    private final List<Column> aggregates = new ArrayList<>();

    Scan(Dataset<Row> rows) {
      this.rows = rows;
    }
  }

  /** The slots of a version chain's counts. */
  record Chain(int repeated, int overlapping, int gaps, int current) {}

  private final Function<String, Dataset<Row>> tables;
  private final Map<String, Scan> scans = new LinkedHashMap<>();
  private final List<Dataset<Row>> groups = new ArrayList<>(); // (slot, key as array of text)
  private final List<Dataset<Row>> chains = new ArrayList<>();
  private final List<Dataset<Row>> singles = new ArrayList<>(); // (first slot, figures)
  private int slots;

  MeasurePlan(Function<String, Dataset<Row>> tables) {
    this.tables = tables;
  }

  Dataset<Row> rows(String table) {
    return tables.apply(table);
  }

  /** An aggregate in the table's one scan; it may use columns that {@link #join} brought. */
  int scan(String table, Column aggregate) {
    Scan scan = scans.computeIfAbsent(table, name -> new Scan(tables.apply(name)));
    scan.aggregates.add(aggregate.cast("string"));
    scan.slots.add(slots);
    return slots++;
  }

  /**
   * Looks each row of a table up in another one.
   *
   * @param target at most one row per value, its columns named apart from the table's
   */
  void join(String table, Dataset<Row> target, Column condition) {
    Scan scan = scans.computeIfAbsent(table, name -> new Scan(tables.apply(name)));
    scan.rows = scan.rows.join(target, condition, "left_outer");
  }

  /** Counts rows beyond the first of each key; a key with a null in it is nobody's twin. */
  int repeats(Dataset<Row> rows, List<String> key) {
    Column complete = key.stream().map(k -> col(k).isNotNull()).reduce(lit(true), Column::and);
    Column texts = array(key.stream().map(k -> col(k).cast("string")).toArray(Column[]::new));
    groups.add(rows.filter(complete).select(lit(slots).as("slot"), texts.as("identity")));
    return slots++;
  }

  /** Counts what is wrong between neighbouring versions of each member. */
  Chain chain(Dataset<Row> rows, List<String> naturalKey) {
    Column texts =
        array(naturalKey.stream().map(k -> col(k).cast("string")).toArray(Column[]::new));
    chains.add(
        rows.select(
            lit(slots).as("slot"),
            texts.as("identity"),
            col("valid_from").cast("timestamp").as("valid_from"),
            col("valid_to").cast("timestamp").as("valid_to"),
            col("is_current"),
            coalesce(col("is_deleted"), lit(false)).as("is_deleted")));
    Chain chain = new Chain(slots, slots + 1, slots + 2, slots + 3);
    slots += 4;
    return chain;
  }

  /** One figure that needs a query of its own: one row, one column. */
  int single(Dataset<Row> oneFigure) {
    Column figure = col("`" + oneFigure.columns()[0] + "`").cast("string");
    singles.add(oneFigure.select(lit(slots).as("slot"), array(figure).as("figures")));
    return slots++;
  }

  Figures measure() {
    List<Dataset<Row>> branches = new ArrayList<>(singles);
    Map<Integer, List<Integer>> scanSlots = new LinkedHashMap<>();
    for (Scan scan : scans.values()) {
      int first = scan.slots.isEmpty() ? -1 : scan.slots.get(0);
      if (first >= 0) {
        scanSlots.put(first, scan.slots);
        Column all = array(scan.aggregates.toArray(Column[]::new));
        branches.add(
            scan.rows.agg(all.as("figures")).select(lit(first).as("slot"), col("figures")));
      }
    }
    groups.stream().reduce(Dataset::union).map(MeasurePlan::countRepeats).ifPresent(branches::add);
    chains.stream().reduce(Dataset::union).map(MeasurePlan::countBreaks).ifPresent(branches::add);
    String[] texts = new String[slots];
    Stream.of(branches)
        .flatMap(list -> list.stream().reduce(Dataset::union).stream())
        .flatMap(all -> all.collectAsList().stream())
        .forEach(
            row -> {
              int first = row.getInt(0);
              List<String> figures = row.getList(1);
              List<Integer> own = scanSlots.get(first);
              for (int i = 0; i < figures.size(); i++) {
                texts[own == null ? first + i : own.get(i)] = figures.get(i);
              }
            });
    return new Figures(Arrays.asList(texts));
  }

  private static Dataset<Row> countRepeats(Dataset<Row> keys) {
    return keys.groupBy("slot", "identity")
        .count()
        .groupBy("slot")
        .agg(array(sum(col("count").minus(1)).cast("string")).as("figures"));
  }

  private static Dataset<Row> countBreaks(Dataset<Row> versions) {
    var member = Window.partitionBy("slot", "identity").orderBy("valid_from", "valid_to");
    Column next = col("next_from");
    Column last = next.isNull();
    Column current = col("is_current").eqNullSafe(true);
    Column deleted = col("is_deleted");
    Column repeated = next.eqNullSafe(col("valid_from"));
    Column overlapping = next.lt(col("valid_to")).or(col("valid_to").leq(col("valid_from")));
    Column gap = next.gt(col("valid_to")).and(deleted.unary_$bang());
    Column wrongCurrent =
        current.and(last.unary_$bang()).or(current.or(deleted).unary_$bang().and(last));
    return versions
        .withColumn("next_from", lead("valid_from", 1).over(member))
        .groupBy("slot")
        .agg(
            array(
                    count_if(repeated).cast("string"),
                    count_if(overlapping).cast("string"),
                    count_if(gap).cast("string"),
                    count_if(wrongCurrent).cast("string"))
                .as("figures"));
  }
}
