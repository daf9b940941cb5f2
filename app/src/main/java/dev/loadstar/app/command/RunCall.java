package dev.loadstar.app.command;

import dev.loadstar.app.console.Console;
import dev.loadstar.app.console.ConsoleProgress;
import dev.loadstar.app.project.Connections;
import dev.loadstar.app.project.Project;
import dev.loadstar.app.step.Run;
import dev.loadstar.app.step.Step;
import dev.loadstar.app.step.Workspace;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.ingestion.IngestOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs steps of a night from the command line and prints what came of them. */
final class RunCall {
  private RunCall() {}

  static int run(Call call, Set<Step> steps, RunOptions options, IngestOptions ingest) {
    return run(call, steps, options, ingest, Set.of());
  }

  /**
   * @param resync tables that the load compares as a whole
   */
  static int run(
      Call call, Set<Step> steps, RunOptions options, IngestOptions ingest, Set<String> resync) {
    String runId = options.runId();
    Project project = call.loadProject();
    options.requireDateThatComes(call.clock(), project.settings().timezone());
    List<EntityName> selection = call.selection(project);
    Connections connections = Connections.resolve(project, call.environment(), steps, selection);
    Console console = call.console();
    ConsoleProgress progress = new ConsoleProgress(console);
    try (Workspace workspace =
        Workspace.open(
            project,
            connections,
            call.clock(),
            options.date(),
            runId,
            selection,
            ingest,
            progress)) {
      Run.Result result = new Run(workspace).run(steps, resync);
      progress.clear();
      print(console, result);
      result
          .failure()
          .ifPresent(
              failure -> {
                throw failure;
              });
    }
    return 0;
  }

  private static void print(Console console, Run.Result result) {
    if (console.json()) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("run", result.report());
      object.put("report", result.reportAt().orElse(null));
      console.object(object);
      return;
    }
    result
        .report()
        .steps()
        .forEach(step -> step.findings().forEach(f -> console.note("  finding: " + f)));
    result.reportAt().ifPresent(at -> console.line("report: " + at));
  }
}
