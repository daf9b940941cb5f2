package dev.loadstar.app.command;

import dev.loadstar.app.console.Console;
import dev.loadstar.app.console.ConsoleProgress;
import dev.loadstar.app.project.Connections;
import dev.loadstar.app.project.Project;
import dev.loadstar.app.step.Rebuild;
import dev.loadstar.app.step.Step;
import dev.loadstar.app.step.Workspace;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.yaml.Suggestion;
import dev.loadstar.ingestion.IngestOptions;
import dev.loadstar.lake.Lake;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.stored.LakeTables;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rebuild}: the star, or some of its tables, from its inputs again. */
@Command(
    name = "rebuild",
    description = {
      "Build tables of the star again from what is kept, with the same keys.",
      "Nothing is committed unless something differs; `load` then publishes it."
    })
final class RebuildCommand implements Callable<Integer> {
  @CommandLine.Mixin private final Call call;

  @Parameters(
      paramLabel = "TABLE",
      arity = "0..*",
      description = "A dimension's or fact's table, such as dim_customer. Default: all.")
  private List<String> names = new ArrayList<>();

  RebuildCommand(Call call) {
    this.call = call;
  }

  @Override
  public Integer call() {
    Project project = call.loadProject();
    Set<String> tables = tables(project);
    Connections connections =
        Connections.resolve(project, call.environment(), Set.of(Step.BUILD), List.of());
    Console console = call.console();
    Optional<Lake> lake = Workspace.findLake(project, connections);
    Optional<Commit> head = lake.flatMap(found -> LakeTables.of(found).head());
    if (head.isEmpty()) {
      throw new LoadException(
          ErrorCode.NOT_FOUND,
          "Cannot rebuild the star: nothing was built yet, expected a commit. Run loadstar build"
              + " first.");
    }
    try (Workspace workspace =
        Workspace.open(
            project,
            connections,
            Clock.systemUTC(),
            head.get().businessDate(),
            "rebuild",
            call.selection(project),
            IngestOptions.USUAL,
            new ConsoleProgress(console))) {
      print(console, new Rebuild(workspace).run(head.get(), tables));
    }
    return 0;
  }

  private Set<String> tables(Project project) {
    Set<String> known = Rebuild.tables(project.star());
    for (String name : names) {
      if (!known.contains(name)) {
        throw new LoadException(
            ErrorCode.USAGE,
            "Cannot rebuild %s: star-schema.yaml has no such table, expected one of its own%s"
                .formatted(name, Suggestion.among(name, known)));
      }
    }
    return names.isEmpty() ? known : new TreeSet<>(names);
  }

  private static void print(Console console, Rebuild.Result result) {
    if (console.json()) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("commit", result.head().number());
      object.put("committed", result.committed());
      object.put("tables", result.changes());
      object.put("findings", result.findings());
      console.object(object);
      return;
    }
    console.table(
        List.of("table", "inserted", "updated", "deleted"),
        result.changes().entrySet().stream()
            .map(
                e ->
                    List.of(
                        e.getKey(),
                        String.valueOf(e.getValue().inserted()),
                        String.valueOf(e.getValue().updated()),
                        String.valueOf(e.getValue().deleted())))
            .toList());
    result.findings().forEach(finding -> console.note("  finding: " + finding));
    console.line(
        result.committed()
            ? "Commit %d holds the difference; load publishes it.".formatted(result.head().number())
            : "Nothing differs: commit %d stands.".formatted(result.head().number()));
  }
}
