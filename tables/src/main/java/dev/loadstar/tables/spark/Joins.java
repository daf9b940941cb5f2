package dev.loadstar.tables.spark;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Joins of rows with keys, which are rows with exactly the columns that must match. */
public final class Joins {
  private Joins() {}

  /** Rows that match a key. */
  public static Dataset<Row> semi(Dataset<Row> rows, Dataset<Row> keys) {
    return rows.join(keys, on(List.of(keys.columns())), "left_semi");
  }

  /** Rows that match none. */
  public static Dataset<Row> anti(Dataset<Row> rows, Dataset<Row> keys) {
    return rows.join(keys, on(List.of(keys.columns())), "left_anti");
  }

  /** Names as Spark's joins want them. */
  public static Seq<String> on(List<String> names) {
    return CollectionConverters.asScala(names).toSeq();
  }
}
