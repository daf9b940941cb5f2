package dev.loadstar.app.command;

import dev.loadstar.app.console.Console;
import dev.loadstar.app.project.Connections;
import dev.loadstar.app.project.Project;
import dev.loadstar.app.step.ColumnCheck;
import dev.loadstar.app.step.Workspace;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.lake.Lake;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * {@code validate}: every mistake in the YAML at once. Looks at the lake, if there is one, for the
 * columns that names mean; connects to nothing else.
 */
@Command(name = "validate", description = "Report every mistake in the project's YAML at once.")
final class ValidateCommand implements Callable<Integer> {
  @CommandLine.Mixin private final Call call;

  ValidateCommand(Call call) {
    this.call = call;
  }

  @Override
  public Integer call() {
    Project project = call.loadProject();
    Optional<String> unchecked = checkColumns(project);
    List<String> missing = Connections.missing(project, call.environment());
    Console console = call.console();
    if (console.json()) {
      console.object(
          Map.of(
              "valid",
              true,
              "not_set",
              missing,
              "columns_not_checked",
              unchecked.map(List::of).orElse(List.of())));
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
    unchecked.ifPresent(why -> console.line("note: columns were not checked: " + why));
    return 0;
  }

  /** Why columns, or some of them, were not checked; empty when all were. */
  private Optional<String> checkColumns(Project project) {
    List<EntityName> unknown;
    try {
      Connections lakeOnly = Connections.resolve(project, call.environment(), Set.of(), List.of());
      Optional<Lake> lake = Workspace.findLake(project, lakeOnly);
      if (lake.isEmpty()) {
        return Optional.of("nothing was loaded yet.");
      }
      unknown = new ColumnCheck(project, lake.get()).check();
    } catch (LoadException e) {
      if (e.code() == ErrorCode.CONFIGURATION_INVALID) {
        throw e;
      }
      return Optional.of(
          e.code() == ErrorCode.SECRET_MISSING
              ? "the lake's address is not set."
              : e.getMessage()); // the lake is out of reach, but the YAML is sound
    }
    if (unknown.isEmpty()) {
      return Optional.empty();
    }
    String names = unknown.stream().map(EntityName::toString).collect(Collectors.joining(", "));
    return Optional.of("nothing was loaded yet of " + names + ".");
  }
}
