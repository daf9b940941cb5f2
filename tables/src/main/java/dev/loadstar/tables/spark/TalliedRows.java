package dev.loadstar.tables.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.shiftleft;
import static org.apache.spark.sql.functions.spark_partition_id;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows that are computed once and counted where they lie: then they can be numbered without gaps
 * and read as often as wanted.
 */
public final class TalliedRows implements AutoCloseable {
  /** The position of a row in its partition stands below this bit. */
  private static final int PARTITION_BIT = 33;

  /** INT: the part that a row goes to. */
  private static final String PART = "_part";

  private final Dataset<Row> rows;
  private final List<Map<List<Object>, Long>> counts;
  private final List<String> order;
  private final Optional<HeldRows> held;

  private TalliedRows(
      Dataset<Row> rows,
      List<Map<List<Object>, Long>> counts,
      List<String> order,
      Optional<HeldRows> held) {
    this.rows = rows;
    this.counts = counts;
    this.order = order;
    this.held = held;
  }

  /**
   * Computes the rows and keeps them where they come from, in whatever parts these are.
   *
   * @param tallied the columns by whose values rows are counted, few in all
   * @param by a TEXT column, unique and never null; where it rises already nothing is sorted by it
   */
  static TalliedRows staying(Dataset<Row> rows, List<String> tallied, String by) {
    TallyCounts counts = new TallyCounts(1);
    rows.sparkSession().sparkContext().register(counts);
    List<String> columns = List.of(rows.columns());
    List<String> counted = new ArrayList<>(tallied);
    counted.add(by);
    columns.stream().filter(column -> !counted.contains(column)).forEach(counted::add);
    Dataset<Row> all = rows.select(SparkTables.columns(counted));
    List<dev.loadstar.core.type.Column> types =
        SparkTypes.columns(all.select(SparkTables.columns(tallied)).schema());
    HeldRows held = SparkRows.held(all, new RowTally(types, counts, true));
    boolean ordered = counts.ordered() && !SparkRows.areFew(held.rows()); // few lie in one part
    return new TalliedRows(
        held.rows(), counts.byTask(), ordered ? List.of() : List.of(by), Optional.of(held));
  }

  /**
   * Computes the rows and shuffles them.
   *
   * @param tallied the columns by whose values rows are counted, few in all
   * @param by the columns that decide where a row lies, together unique
   * @param expected about how many rows; equal inputs lie alike when it is equal
   */
  static TalliedRows of(Dataset<Row> rows, List<String> tallied, List<String> by, long expected) {
    int parts = SparkTables.parts(expected);
    TallyCounts counts = new TallyCounts(parts);
    rows.sparkSession().sparkContext().register(counts);
    List<String> columns = List.of(rows.columns());
    Column[] first = SparkTables.columns(tallied);
    Column[] wide = Arrays.copyOf(first, first.length + 1 + columns.size());
    wide[first.length] = pmod(hash(SparkTables.columns(by)), lit(parts)).as(PART);
    int next = first.length + 1;
    for (String column : columns) {
      if (!tallied.contains(column)) {
        wide[next++] = rows.col(column);
      }
    }
    Dataset<Row> sent = rows.select(Arrays.copyOf(wide, next));
    List<dev.loadstar.core.type.Column> types = SparkTypes.columns(rows.select(first).schema());
    Dataset<Row> counted =
        SparkRows.mapPartitions(sent, new RowTally(types, counts, false), sent.schema());
    Dataset<Row> lying = SparkRows.lying(counted.repartitionById(parts, col(PART)));
    SparkRows.shuffle(lying);
    return new TalliedRows(
        lying.select(SparkTables.columns(columns)), counts.byPart(), by, Optional.empty());
  }

  /** Rows by the values of the tallied columns. */
  public Map<List<Object>, Long> groups() {
    Map<List<Object>, Long> all = new HashMap<>();
    counts.forEach(part -> part.forEach((group, n) -> all.merge(group, n, Long::sum)));
    return all;
  }

  public Dataset<Row> rows() {
    return rows;
  }

  /**
   * Some of the rows, sorted and numbered without gaps: within a part by the columns that say where
   * a row lies, and part after part.
   *
   * @param groups which groups they are
   * @param condition the same, of a row
   * @param number the BIGINT column that takes them
   */
  public Dataset<Row> numbered(
      Predicate<List<Object>> groups, Column condition, long first, String number) {
    long[] starts = new long[counts.size()];
    long next = first;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = next;
      for (Map.Entry<List<Object>, Long> group : counts.get(i).entrySet()) {
        next += groups.test(group.getKey()) ? group.getValue() : 0;
      }
    }
    Column part = spark_partition_id();
    Column position =
        monotonically_increasing_id().minus(shiftleft(part.cast("bigint"), PARTITION_BIT));
    Dataset<Row> some = rows.filter(condition);
    Dataset<Row> sorted =
        order.isEmpty() ? some : some.sortWithinPartitions(SparkTables.columns(order));
    return sorted.withColumn(number, get(lit(starts), part).plus(position));
  }

  @Override
  public void close() {
    held.ifPresent(HeldRows::close);
  }

  @Override
  public String toString() {
    return "rows of " + Arrays.toString(rows.columns());
  }
}
