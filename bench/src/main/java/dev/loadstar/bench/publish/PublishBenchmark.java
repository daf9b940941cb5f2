package dev.loadstar.bench.publish;

import dev.loadstar.bench.harness.Comparison;
import dev.loadstar.bench.harness.LocalSpark;
import dev.loadstar.bench.harness.ProcessMeter;
import dev.loadstar.bench.harness.Result;
import dev.loadstar.bench.harness.Scratch;
import dev.loadstar.bench.publish.mysql.MySqlBenchServer;
import dev.loadstar.bench.publish.postgresql.PostgreSqlBenchServer;
import dev.loadstar.lake.Lakes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** Staging and publishing new facts, against Spark's JDBC writer, on both engines. */
public final class PublishBenchmark {
  private interface Start {
    WarehouseServer start() throws Exception;
  }

  private PublishBenchmark() {}

  /**
   * @param migrations the shipped project's
   * @param report takes the text of each engine as it is known
   */
  public static void measure(long rows, int rounds, Path migrations, Consumer<String> report)
      throws Exception {
    SparkSession spark = LocalSpark.start();
    try (Scratch scratch = new Scratch("publish")) {
      SampleStar star = SampleStar.write(Lakes.open("lake", scratch.folder(), Map.of()), rows);
      for (Start engine : List.<Start>of(PostgreSqlBenchServer::new, MySqlBenchServer::new)) {
        try (WarehouseServer server = engine.start()) {
          report.accept(compare(spark, star, server, migrations, rounds).text());
        }
      }
    } finally {
      spark.stop();
    }
  }

  private static Result compare(
      SparkSession spark, SampleStar star, WarehouseServer server, Path migrations, int rounds)
      throws Exception {
    FreshWarehouse fresh = new FreshWarehouse(server, migrations);
    return new Comparison(
            "new facts into " + server.name(),
            new SparkWriter(spark, star, server, fresh),
            new LoadstarPublish(star, fresh),
            rounds)
        .run(new ProcessMeter(List.of(server.pid())));
  }
}
