package dev.loadstar.tables.spark;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** Numbers rows in their order, on the executors. */
public final class SurrogateKeys {
  private SurrogateKeys() {}

  /** Up to so many rows are numbered in one task. */
  private static final long SMALL = 200_000;

  /**
   * @param count how many rows there are
   * @param order the columns that decide the numbers, together unique
   * @param first the first number
   * @param column name of the BIGINT column that is added at the end
   */
  public static Dataset<Row> number(
      SparkSession spark,
      Dataset<Row> rows,
      long count,
      List<String> order,
      long first,
      String column) {
    Column[] by = SparkTables.columns(order);
    if (count <= SMALL) { // in a single task these ids have no gaps
      return rows.coalesce(1)
          .sortWithinPartitions(by)
          .withColumn(column, monotonically_increasing_id().plus(lit(first)));
    }
    Dataset<Row> sorted = rows.sort(by);
    JavaRDD<Row> numbered =
        sorted
            .toJavaRDD()
            .zipWithIndex()
            .map(
                pair -> {
                  List<Object> values = new ArrayList<>(pair._1().size() + 1);
                  for (int i = 0; i < pair._1().size(); i++) {
                    values.add(pair._1().get(i));
                  }
                  values.add(first + pair._2());
                  return RowFactory.create(values.toArray());
                });
    return spark.createDataFrame(numbered, sorted.schema().add(column, DataTypes.LongType));
  }
}
