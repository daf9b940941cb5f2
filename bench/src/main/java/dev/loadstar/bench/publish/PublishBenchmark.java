package dev.loadstar.bench.publish;

import dev.loadstar.bench.harness.Comparison;
import dev.loadstar.bench.harness.LocalSpark;
import dev.loadstar.bench.harness.ProcessMeter;
import dev.loadstar.bench.harness.Result;
import dev.loadstar.bench.harness.Scratch;
import dev.loadstar.bench.harness.Side;
import dev.loadstar.bench.publish.mysql.MySqlBenchServer;
import dev.loadstar.bench.publish.postgresql.PostgreSqlBenchServer;
import dev.loadstar.lake.Lakes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** A first publication, against Spark's JDBC writer and against bare copying, on both engines. */
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
          FreshWarehouse fresh = new FreshWarehouse(server, migrations);
          Path files = scratch.folder().resolve(server.name());
          for (Side other :
              List.of(
                  new SparkWriter(spark, star, server, fresh),
                  new BareCopy(star, server, fresh, files))) {
            report.accept(compare(other, new LoadstarPublish(star, fresh), server, rounds).text());
          }
        }
      }
    } finally {
      spark.stop();
    }
  }

  private static Result compare(Side other, Side ours, WarehouseServer server, int rounds)
      throws Exception {
    return new Comparison("a first publication into " + server.name(), other, ours, rounds)
        .run(new ProcessMeter(List.of(server.pid())));
  }
}
