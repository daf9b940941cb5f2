package dev.loadstar.quality;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.tables.spark.SparkRows;
import dev.loadstar.tables.spark.SparkTables;
import dev.loadstar.tables.spark.SparkTypes;
import dev.loadstar.tables.spark.StarRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Collects everything that is to be measured and takes one Spark job for it: one scan of each set
 * of rows for all its aggregates. Only counts and sums come to the driver, one row a scan. Not
 * thread safe.
 */
final class MeasurePlan {
  /** The aggregates of some rows, over these rows joined with what they refer to. */
  static final class Scan {
    private Dataset<Row> rows;
    private final List<Integer> slots = new ArrayList<>();
    private final List<Column> aggregates = new ArrayList<>();

    private Scan(Dataset<Row> rows) {
      this.rows = rows;
    }

    /**
     * Looks each row up in other rows.
     *
     * @param target at most one row per value, its columns named apart from these
     */
    void join(Dataset<Row> target, Column condition) {
      rows = rows.join(target, condition, "left_outer");
    }
  }

  /** The slots of a version chain's counts. */
  record Chain(int repeated, int overlapping, int gaps, int current) {}

  private final StarRows star;
  private final FigureBook book;
  private final Map<String, Scan> all = new LinkedHashMap<>();
  private final Map<String, Scan> now = new LinkedHashMap<>();
  private final Map<String, Scan> before = new LinkedHashMap<>();
  private final List<Scan> scans = new ArrayList<>();
  private final List<Dataset<Row>> groups = new ArrayList<>(); // (slot, figures)
  private int slots;

  MeasurePlan(StarRows star, FigureBook book) {
    this.star = star;
    this.book = book;
  }

  StarRows star() {
    return star;
  }

  /** Some rows of a table, to see what its columns are. */
  Dataset<Row> like(String table) {
    return star.change(table).map(StarRows.Change::now).orElseGet(() -> star.all(table));
  }

  /** All rows of a table. */
  Scan all(String table) {
    return all.computeIfAbsent(table, name -> scan(star.all(name)));
  }

  /** Those that were written. */
  Scan now(String table, StarRows.Change change) {
    return now.computeIfAbsent(table, name -> scan(change.now()));
  }

  Scan scan(Dataset<Row> rows) {
    Scan scan = new Scan(rows);
    scans.add(scan);
    return scan;
  }

  /** An aggregate in a scan; it may use columns that a join brought. */
  int measure(Scan scan, Column aggregate) {
    scan.aggregates.add(aggregate.cast("string"));
    scan.slots.add(slots);
    return slots++;
  }

  /**
   * A count or sum over all rows of a table, computed from that of the star before where it can be.
   *
   * @param figure what it is, in words that no other figure of the table has
   * @param follows whether it is the sum of what each row gives on its own
   */
  FollowedFigure follow(String table, String figure, Column aggregate, boolean follows) {
    String name = FigureBook.name(table, star.schema(table), figure);
    Optional<StarRows.Change> change =
        follows && book.has(name) ? star.change(table) : Optional.empty();
    if (change.isEmpty()) {
      int slot = measure(all(table), aggregate);
      if (follows) {
        book.measured(name, slot);
      }
      return new FollowedFigure(slot, false);
    }
    int added = measure(now(table, change.get()), aggregate);
    Optional<Integer> gone =
        change
            .get()
            .before()
            .map(rows -> measure(before.computeIfAbsent(table, t -> scan(rows)), aggregate));
    book.followed(name, slots, added, gone);
    return new FollowedFigure(slots++, true);
  }

  /** Counts rows beyond the first of each key; a key with a null in it is nobody's twin. */
  int repeats(Dataset<Row> rows, List<String> key) {
    Column complete = key.stream().map(k -> col(k).isNotNull()).reduce(lit(true), Column::and);
    Column[] parts = // under names that "count" is none of
        IntStream.range(0, key.size())
            .mapToObj(i -> col(key.get(i)).as("_" + i))
            .toArray(Column[]::new);
    Dataset<Row> counted = rows.filter(complete).groupBy(parts).count();
    groups.add(
        counted.agg(
            lit(slots).as("slot"), array(sum(col("count").minus(1)).cast("string")).as("figures")));
    return slots++;
  }

  /** Counts what is wrong between neighbouring versions of each member. */
  Chain chain(Dataset<Row> versions, List<String> naturalKey) {
    Column next = col("next_from");
    Column last = next.isNull();
    Column current = col("is_current").eqNullSafe(true);
    Column deleted = coalesce(col("is_deleted"), lit(false));
    Column repeated = next.eqNullSafe(col("valid_from"));
    Column overlapping = next.lt(col("valid_to")).or(col("valid_to").leq(col("valid_from")));
    Column gap = next.gt(col("valid_to")).and(deleted.unary_$bang());
    Column wrongCurrent =
        current.and(last.unary_$bang()).or(current.or(deleted).unary_$bang().and(last));
    groups.add(
        withNext(versions, naturalKey)
            .agg(
                lit(slots).as("slot"),
                array(
                        count_if(repeated).cast("string"),
                        count_if(overlapping).cast("string"),
                        count_if(gap).cast("string"),
                        count_if(wrongCurrent).cast("string"))
                    .as("figures")));
    Chain chain = new Chain(slots, slots + 1, slots + 2, slots + 3);
    slots += 4;
    return chain;
  }

  private static Dataset<Row> withNext(Dataset<Row> versions, List<String> naturalKey) {
    List<String> order = new ArrayList<>(naturalKey);
    order.addAll(List.of("valid_from", "valid_to"));
    List<String> all = new ArrayList<>(order);
    all.addAll(List.of("is_current", "is_deleted"));
    Dataset<Row> sorted =
        versions
            .select(SparkTables.columns(all))
            .repartition(SparkTables.columns(naturalKey))
            .sortWithinPartitions(SparkTables.columns(order));
    List<dev.loadstar.core.type.Column> columns =
        new ArrayList<>(SparkTypes.columns(sorted.schema()));
    columns.add(new dev.loadstar.core.type.Column("next_from", Simple.TIMESTAMP));
    return SparkRows.map(sorted, columns, new NextVersions(naturalKey.size()));
  }

  /** One figure that needs a query of its own: one row, one column. */
  int single(Dataset<Row> oneFigure) {
    Column figure = col("`" + oneFigure.columns()[0] + "`").cast("string");
    groups.add(oneFigure.select(lit(slots).as("slot"), array(figure).as("figures")));
    return slots++;
  }

  Figures measure() {
    List<Dataset<Row>> branches = new ArrayList<>(groups);
    Map<Integer, List<Integer>> scanSlots = new LinkedHashMap<>();
    for (Scan scan : scans) {
      if (!scan.slots.isEmpty()) {
        int first = scan.slots.get(0);
        scanSlots.put(first, scan.slots);
        Column figures = array(scan.aggregates.toArray(Column[]::new));
        branches.add(
            scan.rows.agg(figures.as("figures")).select(lit(first).as("slot"), col("figures")));
      }
    }
    String[] texts = new String[slots];
    Map<Boolean, List<Dataset<Row>>> few =
        branches.stream().collect(Collectors.partitioningBy(SparkRows::areFew));
    Stream.concat(few.get(true).stream(), few.get(false).stream().reduce(Dataset::union).stream())
        .flatMap(figures -> figures.collectAsList().stream())
        .forEach(
            row -> {
              int first = row.getInt(0);
              List<String> figures = row.getList(1);
              List<Integer> own = scanSlots.get(first);
              for (int i = 0; i < figures.size(); i++) {
                texts[own == null ? first + i : own.get(i)] = figures.get(i);
              }
            });
    return book.settled(new Figures(Arrays.asList(texts)));
  }
}
