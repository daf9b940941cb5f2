package dev.loadstar.bench.extract;

import dev.loadstar.bench.extract.mysql.MySqlShop;
import dev.loadstar.bench.extract.postgresql.PostgreSqlShop;
import dev.loadstar.bench.harness.Comparison;
import dev.loadstar.bench.harness.LocalSpark;
import dev.loadstar.bench.harness.ProcessMeter;
import dev.loadstar.bench.harness.Scratch;
import dev.loadstar.bench.harness.Side;
import dev.loadstar.bench.publish.WarehouseServer;
import dev.loadstar.bench.publish.mysql.MySqlBenchServer;
import dev.loadstar.bench.publish.postgresql.PostgreSqlBenchServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** Four tables of a database into Parquet, against Spark's JDBC reader and ConnectorX. */
public final class ExtractBenchmark {
  private static final int RANGES = 2;

  private final SparkSession spark;
  private final Path folder;
  private final int rounds;
  private final Consumer<String> report;

  private ExtractBenchmark(SparkSession spark, Path folder, int rounds, Consumer<String> report) {
    this.spark = spark;
    this.folder = folder;
    this.rounds = rounds;
    this.report = report;
  }

  /**
   * @param lines of orders; the other three tables are a third, a tenth and a hundredth of that
   * @param connectorX whether to compare with it, for which a Python environment is made
   * @param report takes the text of each comparison as it is known
   */
  public static void measure(long lines, int rounds, boolean connectorX, Consumer<String> report)
      throws Exception {
    SparkSession spark = LocalSpark.start();
    try (Scratch scratch = new Scratch("extract")) {
      ExtractBenchmark benchmark = new ExtractBenchmark(spark, scratch.folder(), rounds, report);
      try (WarehouseServer server = new PostgreSqlBenchServer()) {
        SourceShop shop = SourceShop.create(server, PostgreSqlShop.statements(lines));
        benchmark.compareWithSpark(shop, Map.of(), Map.of("fetchsize", "10000"));
        if (connectorX) {
          benchmark.compareWithConnectorX(shop);
        }
      }
      try (WarehouseServer server = new MySqlBenchServer()) {
        SourceShop shop = SourceShop.create(server, MySqlShop.statements(lines));
        // Otherwise the driver takes the server's wall clocks for this JVM's.
        Map<String, String> options = Map.of("connectionTimeZone", "UTC");
        benchmark.compareWithSpark(
            shop,
            options,
            Map.of(
                "connectionTimeZone", "UTC",
                "fetchsize", Integer.toString(Integer.MIN_VALUE),
                "useServerPrepStmts", "true"));
      }
    } finally {
      spark.stop();
    }
  }

  private void compareWithSpark(
      SourceShop shop, Map<String, String> options, Map<String, String> tuning) throws Exception {
    Path files = folder.resolve("spark");
    compare(
        shop, new SparkReader("Spark's JDBC reader", spark, shop, files, options, 1), List.of());
    compare(
        shop, new SparkReader("the same, tuned", spark, shop, files, tuning, RANGES), List.of());
  }

  private void compareWithConnectorX(SourceShop shop) throws Exception {
    Optional<Path> python = PythonFolder.python(folder.resolve("python.log"));
    if (python.isEmpty()) {
      report.accept(
          "ConnectorX is left out: there is no python3 with venv, or its libraries cannot be"
              + " had\n");
      return;
    }
    try (ConnectorX other =
        new ConnectorX(python.get(), shop, folder.resolve("python"), new CopiedTables(spark))) {
      compare(shop, other, List.of(other.pid()));
    }
  }

  /**
   * @param others processes that work for the other side
   */
  private void compare(SourceShop shop, Side other, List<Long> others) throws Exception {
    LoadstarIngest ours =
        new LoadstarIngest(shop, folder.resolve("loadstar"), new CopiedTables(spark));
    List<Long> processes = new ArrayList<>(others);
    processes.add(shop.server().pid());
    report.accept(
        new Comparison("four tables out of " + shop.server().name(), other, ours, rounds)
            .run(new ProcessMeter(processes))
            .text());
  }
}
