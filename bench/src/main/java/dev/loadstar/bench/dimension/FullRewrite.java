package dev.loadstar.bench.dimension;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_timestamp;
import static org.apache.spark.sql.functions.when;

import dev.loadstar.bench.harness.Scratch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/**
 * A type 2 dimension as it is usually first written in Spark: join the day's rows to the whole
 * table, compare, close and open versions, write the whole table again. It takes no late rows,
 * which Loadstar does, so it has less to do.
 */
final class FullRewrite {
  private static final List<String> TYPE_2 = List.of("street", "city", "segment");
  private static final Column BEGINNING = to_timestamp(lit("1900-01-01 00:00:00"));
  private static final Column OPEN_END = to_timestamp(lit("9999-12-31 00:00:00"));

  private final SparkSession spark;
  private final Path folder;
  private int generation;

  /**
   * @param generation the newest one in the folder; 0 when there is none
   */
  FullRewrite(SparkSession spark, Path folder, int generation) {
    this.spark = spark;
    this.folder = folder;
    this.generation = generation;
  }

  /** The dimension from its first load. */
  void begin(Dataset<Row> load) {
    Dataset<Row> first =
        load.select(
            row_number().over(Window.orderBy("customer_id")).cast("long").as("customer_key"),
            col("customer_id"),
            col("name"),
            col("street"),
            col("city"),
            col("segment"),
            BEGINNING.as("valid_from"),
            OPEN_END.as("valid_to"),
            lit(true).as("is_current"));
    first.write().parquet(path(generation + 1));
    generation++;
  }

  /** One more load. */
  void apply(Dataset<Row> load) {
    Dataset<Row> table = table().alias("old");
    Dataset<Row> batch =
        load.select("customer_id", "name", "street", "city", "segment", "updated_at");
    Column same = lit(true);
    for (String name : TYPE_2) {
      same = same.and(col("old." + name).eqNullSafe(col("new." + name)));
    }
    Dataset<Row> joined =
        table
            .join(
                batch.alias("new"),
                col("old.customer_id").equalTo(col("new.customer_id")),
                "full_outer")
            .withColumn("seen", col("new.customer_id").isNotNull())
            .withColumn("known", col("old.customer_id").isNotNull())
            .withColumn("same", coalesce(same, lit(false)));
    Column opens = col("seen").and(not(col("known")).or(col("is_current").and(not(col("same")))));
    Column closes = col("known").and(col("seen")).and(col("is_current")).and(not(col("same")));
    Dataset<Row> both =
        joined.select(
            inline(
                array(
                    struct(oldVersion(closes), col("known").as("keep")),
                    struct(newVersion(), opens.as("keep")))));
    Dataset<Row> versions = both.where("keep").select("version.*");
    long lastKey = (Long) table().agg(max("customer_key")).first().get(0);
    Dataset<Row> old = versions.where("customer_key is not null");
    Dataset<Row> fresh =
        versions
            .where("customer_key is null")
            .withColumn(
                "customer_key",
                row_number().over(Window.orderBy("customer_id")).cast("long").plus(lastKey));
    old.unionByName(fresh).write().parquet(path(generation + 1));
    Scratch.delete(Path.of(path(generation)));
    generation++;
  }

  Dataset<Row> table() {
    return spark.read().parquet(path(generation));
  }

  private static Column oldVersion(Column closes) {
    List<Column> fields = new ArrayList<>();
    fields.add(col("old.customer_key").as("customer_key"));
    fields.add(col("old.customer_id").as("customer_id"));
    // Type 1: every version shows the newest name.
    fields.add(coalesce(col("new.name"), col("old.name")).as("name"));
    TYPE_2.forEach(name -> fields.add(col("old." + name).as(name)));
    fields.add(col("old.valid_from").as("valid_from"));
    fields.add(when(closes, col("new.updated_at")).otherwise(col("old.valid_to")).as("valid_to"));
    fields.add(when(closes, lit(false)).otherwise(col("old.is_current")).as("is_current"));
    return struct(fields.toArray(Column[]::new)).as("version");
  }

  private static Column newVersion() {
    List<Column> fields = new ArrayList<>();
    fields.add(lit(null).cast("long").as("customer_key"));
    fields.add(col("new.customer_id").as("customer_id"));
    fields.add(col("new.name").as("name"));
    TYPE_2.forEach(name -> fields.add(col("new." + name).as(name)));
    Column from = when(col("known"), col("new.updated_at")).otherwise(BEGINNING);
    fields.add(from.as("valid_from"));
    fields.add(OPEN_END.as("valid_to"));
    fields.add(lit(true).as("is_current"));
    return struct(fields.toArray(Column[]::new)).as("version");
  }

  private String path(int number) {
    return folder.resolve("generation-" + number).toString();
  }
}
