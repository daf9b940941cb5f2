package dev.loadstar.app.command;

import dev.loadstar.app.project.Connections;
import dev.loadstar.app.project.Project;
import dev.loadstar.app.step.Step;
import dev.loadstar.app.step.Workspace;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.yaml.Suggestion;
import dev.loadstar.ingestion.IngestOptions;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.stored.LakeTables;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code load}: curated into the warehouse; with {@code --resync} whatever it shows now. */
@Command(name = "load", description = "Publish the newest commit and write the report.")
final class LoadCommand implements Callable<Integer> {
  @CommandLine.Mixin private final Call call;
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--date",
      paramLabel = "DATE",
      description = "The business date, YYYY-MM-DD. Default: the newest commit's.")
  private LocalDate date;

  @Option(names = "--run-id", paramLabel = "ID", description = "Names the run. Default: its date.")
  private String runId;

  @Option(names = "--future", description = "Allow a business date beyond tomorrow.")
  private boolean future;

  @Option(
      names = "--resync",
      arity = "0..*",
      paramLabel = "TABLE",
      description =
          "Compare these tables of the warehouse as a whole and mend what differs; all of them"
              + " when none is named.")
  private List<String> resync = new ArrayList<>();

  LoadCommand(Call call) {
    this.call = call;
  }

  @Override
  public Integer call() {
    boolean whole = spec.commandLine().getParseResult().hasMatchedOption("--resync");
    Set<String> tables = Set.of();
    LocalDate day = date;
    if (whole || day == null) {
      Commit head = head();
      tables = whole ? named(head) : tables;
      day = day == null ? head.businessDate() : day;
    }
    return RunCall.run(
        call,
        Set.of(Step.LOAD, Step.REPORT),
        new RunOptions(day, runId, future || date == null),
        IngestOptions.USUAL,
        tables);
  }

  private Commit head() {
    Project project = call.loadProject();
    Connections connections =
        Connections.resolve(project, call.environment(), Set.of(Step.LOAD), List.of());
    return Workspace.findLake(project, connections)
        .flatMap(lake -> LakeTables.of(lake).head())
        .orElseThrow(
            () ->
                new LoadException(
                    ErrorCode.NOT_FOUND,
                    "Cannot load the newest commit: nothing was built yet, expected one. Run"
                        + " \"loadstar run --date DATE\" first."));
  }

  private Set<String> named(Commit head) {
    List<String> published = head.published().stream().map(TableShape::name).toList();
    for (String table : resync) {
      if (!published.contains(table)) {
        throw new LoadException(
            ErrorCode.USAGE,
            "Cannot resync %s: commit %d has no such table%s"
                .formatted(table, head.number(), Suggestion.ending(table, published)));
      }
    }
    return new TreeSet<>(resync.isEmpty() ? published : resync);
  }
}
