package dev.loadstar.bench.publish;

import dev.loadstar.bench.harness.Outcome;
import dev.loadstar.bench.harness.Side;
import dev.loadstar.bench.harness.StoredTables;
import dev.loadstar.jdbc.Database;
import dev.loadstar.tables.Table;
import java.sql.Connection;
import java.util.Properties;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Spark's JDBC writer at its best here: large batches that the driver rewrites, one connection per
 * core, straight into the table. It has no staging, no check and no transaction over both
 * connections, so it has less to do than a publish.
 */
final class SparkWriter implements Side {
  private static final int CONNECTIONS = 2;
  private static final int BATCH = 10_000;

  private final SparkSession spark;
  private final SampleStar star;
  private final WarehouseServer server;
  private final FreshWarehouse fresh;
  private Database warehouse;

  SparkWriter(SparkSession spark, SampleStar star, WarehouseServer server, FreshWarehouse fresh) {
    this.spark = spark;
    this.star = star;
    this.server = server;
    this.fresh = fresh;
  }

  @Override
  public String name() {
    return "Spark's JDBC writer";
  }

  @Override
  public void prepare() {
    warehouse = fresh.migrated().database();
  }

  @Override
  public void run() {
    for (Table table : star.dimensions().tables().values()) {
      append(table);
    }
    append(star.everything().table("fact_sales"));
  }

  @Override
  public Outcome outcome() throws Exception {
    try (Connection connection = warehouse.connect()) {
      return LoadedFacts.in(connection);
    }
  }

  private void append(Table table) {
    Properties properties = new Properties();
    properties.putAll(server.writerProperties());
    properties.setProperty("user", server.user());
    properties.setProperty("password", server.password());
    StoredTables.read(spark, star.tables(), table)
        .repartition(CONNECTIONS)
        .write()
        .mode(SaveMode.Append)
        .option("batchsize", BATCH)
        .jdbc(warehouse.url(), "dw." + table.name(), properties);
  }
}
