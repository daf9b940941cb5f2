package dev.loadstar.demo.command;

import dev.loadstar.app.console.Console;
import dev.loadstar.app.console.ConsoleProgress;
import dev.loadstar.app.project.Connections;
import dev.loadstar.app.project.Project;
import dev.loadstar.app.report.ReportPage;
import dev.loadstar.app.report.RunReport;
import dev.loadstar.app.spark.LazySpark;
import dev.loadstar.app.step.Run;
import dev.loadstar.app.step.Step;
import dev.loadstar.app.step.Workspace;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.demo.shop.Day;
import dev.loadstar.demo.shop.ShopGenerator;
import dev.loadstar.ingestion.IngestOptions;
import dev.loadstar.lake.Lake;
import dev.loadstar.tables.stored.LakeTables;
import dev.loadstar.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lets business days happen and loads each of them, as {@code run} would. */
final class DemoRuns {
  private static final Set<Step> ALL = EnumSet.allOf(Step.class);

  private final DemoFolder folder;
  private final Project project;
  private final Connections connections;
  private final DemoServers servers;
  private final DemoOptions options;
  private final Console console;

  DemoRuns(
      DemoFolder folder, Path project, DemoServers servers, DemoOptions options, Console console) {
    this.folder = folder;
    this.project = Project.load(project, project.toString());
    this.connections =
        Connections.resolve(
            this.project, servers.environment(), ALL, this.project.sources().names());
    this.servers = servers;
    this.options = options;
    this.console = console;
  }

  /**
   * @throws RuntimeException a night's failure, after which no further night runs
   */
  DemoResult run() throws IOException, SQLException {
    Warehouse warehouse = Warehouse.open(connections.requireWarehouse(), Clock.systemUTC());
    warehouse.migrate();
    servers.createReader();
    ShopGenerator shop = new ShopGenerator(options.seed(), options.scale(), options.firstDay());
    List<RunReport> reports = new ArrayList<>();
    String page = "";
    Lake lake = Workspace.openLake(project, connections);
    try (LazySpark spark = new LazySpark(lake.hadoopOptions())) {
      for (int number = 1; number <= options.days(); number++) {
        Day day = shop.day(number);
        console.note("Business day %d of %d: %s".formatted(number, options.days(), day.date()));
        servers.live(day);
        Run.Result result = night(day, spark);
        page = folder.keepPage(day.date() + ".html", ReportPage.render(result.report())).toString();
        console.note("  report: " + page);
        Optional<RuntimeException> failure = result.failure();
        if (failure.isPresent()) {
          throw failure.get();
        }
        reports.add(result.report());
      }
    }
    return new DemoResult(reports, page, tables(lake, warehouse));
  }

  /** On the nights' common Spark session, which outlives this one. */
  private Run.Result night(Day day, LazySpark spark) {
    ConsoleProgress progress = new ConsoleProgress(console);
    List<EntityName> everything = List.copyOf(project.sources().names());
    Workspace own =
        Workspace.open(
            project,
            connections,
            Clock.systemUTC(),
            day.date(),
            day.date().toString(),
            everything,
            IngestOptions.USUAL,
            progress);
    try {
      return new Run(own.withSpark(spark)).run(ALL);
    } finally {
      progress.clear();
    }
  }

  private static Map<String, Long> tables(Lake lake, Warehouse warehouse) {
    return LakeTables.of(lake)
        .head()
        .map(head -> warehouse.rowCounts(head.published()))
        .orElse(Map.of());
  }
}
