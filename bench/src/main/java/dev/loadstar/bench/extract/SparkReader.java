package dev.loadstar.bench.extract;

import dev.loadstar.bench.harness.Outcome;
import dev.loadstar.bench.harness.Scratch;
import dev.loadstar.bench.harness.Side;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Spark's JDBC reader into Parquet, one table after another. It has no one state of a table that is
 * read in ranges.
 */
final class SparkReader implements Side {
  private final String name;
  private final SparkSession spark;
  private final SourceShop shop;
  private final Path folder;
  private final Map<String, String> options;
  private final int ranges;

  /**
   * @param options of the reader
   * @param ranges of each table's key that are read side by side; 1 reads the table by one query
   */
  SparkReader(
      String name,
      SparkSession spark,
      SourceShop shop,
      Path folder,
      Map<String, String> options,
      int ranges) {
    this.name = name;
    this.spark = spark;
    this.shop = shop;
    this.folder = folder;
    this.options = Map.copyOf(options);
    this.ranges = ranges;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void prepare() {
    Scratch.delete(folder);
  }

  @Override
  public void run() {
    for (String table : SourceShop.TABLES) {
      DataFrameReader reader = reader(table);
      if (ranges > 1) {
        String key = SourceShop.RANGES.get(table);
        Row ends =
            reader(
                    "(SELECT MIN(%1$s) AS first, MAX(%1$s) AS last FROM %2$s) ends"
                        .formatted(key, table))
                .load()
                .head();
        reader
            .option("partitionColumn", key)
            .option("lowerBound", ends.get(0).toString())
            .option("upperBound", ends.get(1).toString())
            .option("numPartitions", ranges);
      }
      reader.load().write().parquet(folder.resolve(table).toUri().toString());
    }
  }

  private DataFrameReader reader(String table) {
    return spark
        .read()
        .format("jdbc")
        .option("url", shop.url())
        .option("user", shop.server().user())
        .option("password", shop.server().password())
        .options(options)
        .option("dbtable", table);
  }

  @Override
  public Outcome outcome() {
    return new CopiedTables(spark).in(table -> folder.resolve(table).toUri().toString());
  }
}
