package dev.loadstar.tables.spark;

import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.shiftleft;
import static org.apache.spark.sql.functions.spark_partition_id;
import static org.apache.spark.sql.functions.struct;

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

  private static final String GROUP = "_group";

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
    Column[] all = new Column[rows.columns().length + 1];
    all[0] = struct(SparkTables.columns(tallied)).as(GROUP);
    System.arraycopy(SparkTables.columns(List.of(rows.columns())), 0, all, 1, all.length - 1);
    Dataset<Row> shuffled =
        rows.select(all).repartition(SparkTables.parts(expected), SparkTables.columns(by));
    Dataset<Row> lying = SparkRows.lying(shuffled);
    List<dev.loadstar.core.type.Column> types =
        SparkTypes.columns(rows.select(SparkTables.columns(tallied)).schema());
    return new TalliedRows(lying.drop(GROUP), SparkRows.partitions(lying, new GroupTally(types)));
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
