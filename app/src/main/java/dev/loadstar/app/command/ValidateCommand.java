package dev.loadstar.app.command;

import dev.loadstar.app.console.Console;
import dev.loadstar.app.project.Connections;
import dev.loadstar.app.project.Project;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code validate}: every mistake in the YAML at once; connects to nothing. */
@Command(name = "validate", description = "Report every mistake in the project's YAML at once.")
final class ValidateCommand implements Callable<Integer> {
  @CommandLine.Mixin private final Call call;

  ValidateCommand(Call call) {
    this.call = call;
  }

  @Override
  public Integer call() {
    Project project = call.loadProject();
    List<String> missing = Connections.missing(project, call.environment());
    Console console = call.console();
    if (console.json()) {
      console.object(Map.of("valid", true, "not_set", missing));
      return 0;
    }
    console.line(
        "The project is sound: %d sources, %d entities, %d dimensions, %d facts."
            .formatted(
                project.sources().sources().size(),
                project.sources().names().size(),
                project.star().dimensions().size() + project.star().calendars().size(),
                project.star().facts().size()));
    missing.forEach(line -> console.line("note: " + line));
    return 0;
  }
}
