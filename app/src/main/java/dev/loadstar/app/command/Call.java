package dev.loadstar.app.command;

import dev.loadstar.app.console.Console;
import dev.loadstar.app.project.Project;
import dev.loadstar.app.project.ProjectFinder;
import dev.loadstar.core.name.EntityName;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every command, and what a command needs of the process. */
public final class Call {
  /** How results are printed. */
  enum Format {
    table,
    json
  }

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description =
          "The folder with loadstar.yaml; else LOADSTAR_PROJECT, the nearest one upward, or"
              + " config/.")
  Path project;

  @Option(
      names = "--output",
      paramLabel = "table|json",
      defaultValue = "table",
      description = "How results are printed: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  Format output;

  @Option(
      names = "--select",
      paramLabel = "SOURCE[.ENTITY]",
      description = "Only this source or entity; may be repeated.")
  List<String> select = new ArrayList<>();

  @Option(
      names = "--verbose",
      description = "Print where an unexpected failure arose, and warnings.")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help and exit.")
  boolean help;

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;
  private final Clock clock;

  /**
   * @param clock that says what today is
   */
  public Call(Map<String, String> environment, PrintStream out, PrintStream err, Clock clock) {
    this.environment = Map.copyOf(environment);
    this.out = out;
    this.err = err;
    this.clock = clock;
  }

  public Clock clock() {
    return clock;
  }

  public Map<String, String> environment() {
    return environment;
  }

  public Console console() {
    return new Console(out, err, output == Format.json, Console.isTerminal(environment));
  }

  /** The project, read and checked. */
  Project loadProject() {
    return ProjectFinder.find(Optional.ofNullable(project), environment, Path.of(""));
  }

  /** What {@code --select} names; all entities without one. */
  List<EntityName> selection(Project of) {
    return of.sources().select(select);
  }
}
