package dev.loadstar.bench.dimension;

import dev.loadstar.bench.harness.Outcome;
import dev.loadstar.bench.harness.Side;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.Lakes;
import dev.loadstar.lake.load.ProcessedLoad;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** {@link FullRewrite} as a side: it reads the same processed load as Loadstar does. */
final class RewriteInFull implements Side {
  private final SparkSession spark;
  private final DimensionStart start;
  private final Path folder;

  /**
   * @param folder where its copies go
   */
  RewriteInFull(SparkSession spark, DimensionStart start, Path folder) {
    this.spark = spark;
    this.start = start;
    this.folder = folder;
  }

  @Override
  public String name() {
    return "Spark, table rewritten in full";
  }

  @Override
  public void prepare() throws IOException {
    LinkedCopy.replace(start.rewritten(), folder);
  }

  @Override
  public void run() {
    Lake lake = Lakes.open(start.lake().toString(), folder, Map.of());
    ProcessedLoad load = lake.processed().latest(CustomerLoads.ENTITY).orElseThrow();
    new FullRewrite(spark, folder, start.generation()).apply(rows(spark, lake, load));
  }

  @Override
  public Outcome outcome() {
    FullRewrite after = new FullRewrite(spark, folder, start.generation() + 1);
    return new Outcome(start.rows(), Versions.checksum(after.table()));
  }

  static Dataset<Row> rows(SparkSession spark, Lake lake, ProcessedLoad load) {
    return spark.read().parquet(Versions.paths(lake, load.files()));
  }
}
