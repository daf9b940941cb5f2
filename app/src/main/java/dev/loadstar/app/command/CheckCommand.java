package dev.loadstar.app.command;

import dev.loadstar.app.console.Console;
import dev.loadstar.app.project.Connections;
import dev.loadstar.app.project.Project;
import dev.loadstar.app.step.Step;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.warehouse.Warehouse;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code check}: audits the published star; reads only. */
@Command(name = "check", description = "Audit the published star; reads only.")
final class CheckCommand implements Callable<Integer> {
  @CommandLine.Mixin private final Call call;

  @Option(
      names = "--date",
      paramLabel = "DATE",
      description = "Also require that this business date, or a later one, is published.")
  private LocalDate date;

  @Option(
      names = "--deep",
      description = "Also compare every row with the commit, and look for keys that were dropped.")
  private boolean deep;

  CheckCommand(Call call) {
    this.call = call;
  }

  @Override
  public Integer call() {
    Project project = call.loadProject();
    Connections connections =
        Connections.resolve(project, call.environment(), Set.of(Step.LOAD), List.of());
    Warehouse warehouse = Warehouse.open(connections.requireWarehouse(), call.clock());
    var commit = DbCommand.published(project, connections, warehouse);
    List<QualityResult> results =
        deep
            ? warehouse.checkDeep(DbCommand.tables(project, connections).orElseThrow(), commit)
            : warehouse.check(commit);
    Console console = call.console();
    if (console.json()) {
      console.object(results);
    } else {
      console.table(
          List.of("table", "check", "result", "expected", "found"),
          results.stream()
              .map(
                  r ->
                      List.of(
                          r.subject(),
                          r.rule(),
                          r.passed() ? "ok" : r.stopsTheRun() ? "FAILED" : "warning",
                          r.expected(),
                          r.found()))
              .toList());
    }
    long failed = results.stream().filter(QualityResult::stopsTheRun).count();
    if (failed > 0) {
      throw new LoadException(
          ErrorCode.QUALITY_FAILED,
          ("Cannot vouch for the published star: %d of %d checks failed, expected none. The lines"
                  + " above say which; \"loadstar load --resync\" mends rows, a migration keys.")
              .formatted(failed, results.size()));
    }
    if (date != null && commit.latestDate().isBefore(date)) {
      throw new LoadException(
          ErrorCode.QUALITY_FAILED,
          "Cannot vouch for %s: the published star is of %s. Run the night of the date first."
              .formatted(date, commit.latestDate()));
    }
    return 0;
  }
}
