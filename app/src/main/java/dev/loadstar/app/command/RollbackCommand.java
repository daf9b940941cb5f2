package dev.loadstar.app.command;

import dev.loadstar.app.console.Console;
import dev.loadstar.app.project.Connections;
import dev.loadstar.app.project.Project;
import dev.loadstar.app.step.Step;
import dev.loadstar.app.step.Workspace;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.Load;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.Tables;
import dev.loadstar.tables.stored.LakeTables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rollback}: an older commit's content as a new commit. */
@Command(
    name = "rollback",
    description = "Make an older commit's content the newest commit; \"load\" publishes it.")
final class RollbackCommand implements Callable<Integer> {
  @CommandLine.Mixin private final Call call;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "N",
      description = "The commit to go back to; \"status\" names the newest.")
  private long to;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "Names the run in the commit. Default: rollback-N.")
  private String runId;

  RollbackCommand(Call call) {
    this.call = call;
  }

  @Override
  public Integer call() {
    String name = runId == null ? "rollback-" + to : RunOptions.requireRunId(runId);
    Project project = call.loadProject();
    Connections connections =
        Connections.resolve(project, call.environment(), Set.of(Step.BUILD), List.of());
    Lake lake =
        Workspace.findLake(project, connections)
            .orElseThrow(
                () ->
                    new LoadException(
                        ErrorCode.NOT_FOUND,
                        "Cannot go back to commit %d: there is no lake at %s, expected one. Correct lake in loadstar.yaml."
                            .formatted(to, connections.lake())));
    LakeTables tables = LakeTables.of(lake);
    Optional<Commit> newest = tables.head().filter(head -> isThere(tables, head));
    Commit commit = newest.orElseGet(() -> tables.rollBack(to, name, call.clock().instant()));
    print(commit, newest.isEmpty(), again(lake, commit));
    return 0;
  }

  /** Whether the newest commit is that one, or has gone back to it already. */
  private boolean isThere(Tables tables, Commit head) {
    return head.number() == to
        || tables
            .find(to)
            .filter(wanted -> wanted.identity().equals(head.identity()))
            .filter(wanted -> wanted.consumed().equals(head.consumed()))
            .isPresent();
  }

  /** Loads that the next build takes in, by entity; the numbers of the first and the last. */
  private static Map<String, List<Long>> again(Lake lake, Commit head) {
    Map<String, List<Long>> loads = new TreeMap<>();
    for (EntityName entity : lake.processed().entities()) {
      long first = head.consumed().getOrDefault(entity, 0L) + 1;
      long last = lake.processed().latest(entity).map(Load::number).orElse(0L);
      if (last >= first) {
        loads.put(entity.toString(), List.of(first, last));
      }
    }
    return loads;
  }

  private void print(Commit head, boolean changed, Map<String, List<Long>> again) {
    Console console = call.console();
    if (console.json()) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("changed", changed);
      object.put("commit", head.number());
      object.put("rows_of", to);
      object.put("business_date", head.latestDate().toString());
      object.put("taken_in_again", again);
      console.object(object);
      return;
    }
    if (!changed) {
      console.line(
          "Nothing to do: commit %d, the newest, has these rows.".formatted(head.number()));
      return;
    }
    console.line(
        "Commit %d has the rows of commit %d, of %s. \"loadstar load\" publishes it."
            .formatted(head.number(), to, head.latestDate()));
    if (!again.isEmpty()) {
      console.line("");
      console.line("The next build takes in again what came after commit %d:".formatted(to));
      console.table(
          List.of("entity", "from load", "to load"),
          again.entrySet().stream()
              .map(
                  e ->
                      List.of(
                          e.getKey(),
                          e.getValue().get(0).toString(),
                          e.getValue().get(1).toString()))
              .toList());
      console.line(
          "If one of them was bad, mend the source and take its date anew before that, by"
              + " \"loadstar ingest --date DATE --again\": a later load overrules an earlier one.");
    }
  }
}
