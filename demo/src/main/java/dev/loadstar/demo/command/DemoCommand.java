package dev.loadstar.demo.command;

import dev.loadstar.app.command.Call;
import dev.loadstar.app.console.Console;
import dev.loadstar.demo.command.DemoOptions.Engine;
import dev.loadstar.demo.command.DemoOptions.LakeKind;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: the shipped project on servers of its own. */
@Command(
    name = "demo",
    description =
        "Load some business days of a made-up shop, on servers that start and stop with this"
            + " command.")
final class DemoCommand implements Callable<Integer> {
  @CommandLine.Mixin private final Call call;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many business days. Default: ${DEFAULT-VALUE}.")
  private int days;

  @Option(
      names = "--first-day",
      paramLabel = "DATE",
      defaultValue = "2026-11-02",
      description = "The first business date, YYYY-MM-DD. Default: ${DEFAULT-VALUE}.")
  private LocalDate firstDay;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "loadstar-demo",
      description =
          "The folder of its data, emptied at the start if a demo made it. Default:"
              + " ${DEFAULT-VALUE}.")
  private Path directory;

  @Option(
      names = "--warehouse",
      paramLabel = "postgresql|mysql",
      defaultValue = "postgresql",
      description =
          "What the warehouse runs on: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Engine warehouse;

  @Option(
      names = "--lake",
      paramLabel = "file|s3",
      defaultValue = "file",
      description = "Where the lake is: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private LakeKind lake;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Makes another shop. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--scale",
      paramLabel = "N",
      defaultValue = "1",
      description = "How big the shop is, 1 to 1000. Default: ${DEFAULT-VALUE}.")
  private int scale;

  @Option(
      names = "--keep-running",
      description = "Keep the servers up on a fixed port until Ctrl-C.")
  private boolean keepRunning;

  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "Of the warehouse. Default: a free one; with --keep-running 15432 (postgresql) or 13306"
              + " (mysql).")
  private Integer port;

  DemoCommand(Call call) {
    this.call = call;
  }

  @Override
  public Integer call() throws Exception {
    int usual = keepRunning ? warehouse.usualPort : 0;
    DemoOptions options =
        new DemoOptions(
            days, firstDay, directory, warehouse, lake, seed, scale, port == null ? usual : port);
    Path project = ShippedProject.find();
    Console console = call.console();
    long started = System.nanoTime();
    try (DemoFolder folder = DemoFolder.prepare(directory)) {
      console.note("Starting servers in " + directory);
      try (DemoServers servers = DemoServers.start(folder, options)) {
        DemoResult result = new DemoRuns(folder, project, servers, options, console).run();
        DemoSummary summary = new DemoSummary(result, servers, seconds(started), keepRunning);
        summary.print(console);
        if (keepRunning) {
          console.note("The servers run until Ctrl-C.");
          new CountDownLatch(1).await();
        }
      }
    }
    return 0;
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
