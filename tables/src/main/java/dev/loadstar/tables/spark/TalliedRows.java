package dev.loadstar.tables.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.shiftleft;
import static org.apache.spark.sql.functions.spark_partition_id;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows that are computed once and shuffled once, and counted where they lie: then they can be
 * numbered without gaps and read as often as wanted.
 */
public final class TalliedRows {
  /** The position of a row in its partition stands below this bit. */
  private static final int PARTITION_BIT = 33;

  /** INT: the part that a row goes to. */
  private static final String PART = "_part";

  private final Dataset<Row> rows;
  private final List<Map<List<Object>, Long>> counts;

  private TalliedRows(Dataset<Row> rows, List<Map<List<Object>, Long>> counts) {
    this.rows = rows;
    this.counts = counts;
  }

  /**
   * Computes the rows.
   *
   * @param tallied the columns by whose values rows are counted, few in all
   * @param by the columns that decide where a row lies
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
        SparkRows.mapPartitions(sent, new RowTally(types, counts), sent.schema());
    Dataset<Row> lying = SparkRows.lying(counted.repartitionById(parts, col(PART)));
    SparkRows.shuffle(lying);
    return new TalliedRows(lying.select(SparkTables.columns(columns)), counts.byPart());
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
   * Some of the rows, sorted and numbered without gaps: within a part by some columns, and part
   * after part.
   *
   * @param groups which groups they are
   * @param condition the same, of a row
   * @param order the columns that decide the numbers within a part, together unique
   * @param number the BIGINT column that takes them
   */
  public Dataset<Row> numbered(
      Predicate<List<Object>> groups,
      Column condition,
      List<String> order,
      long first,
      String number) {
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
    return rows.filter(condition)
        .sortWithinPartitions(SparkTables.columns(order))
        .withColumn(number, get(lit(starts), part).plus(position));
  }

  @Override
  public String toString() {
    return "rows of " + Arrays.toString(rows.columns());
  }
}
