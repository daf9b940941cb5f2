package dev.loadstar.app.command;

import dev.loadstar.app.console.Console;
import dev.loadstar.app.project.Connections;
import dev.loadstar.app.project.Project;
import dev.loadstar.app.step.Step;
import dev.loadstar.app.step.Workspace;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.ErrorKind;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.stored.LakeTables;
import dev.loadstar.warehouse.Publication;
import dev.loadstar.warehouse.Warehouse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code db}: the warehouse's own matters. */
@Command(
    name = "db",
    description = "Migrate the warehouse, or sum it up to compare it with another.")
final class DbCommand implements Callable<Integer> {
  @CommandLine.Mixin private final Call call;
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  DbCommand(Call call) {
    this.call = call;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(call.console().err());
    return ErrorKind.CONFIG.exitCode();
  }

  private static Connections connect(Call call, Project project) {
    return Connections.resolve(project, call.environment(), Set.of(Step.LOAD), List.of());
  }

  /** {@code db migrate}. */
  @Command(
      name = "migrate",
      description = "Apply pending migrations: Loadstar's, then the project's.")
  static final class Migrate implements Callable<Integer> {
    @CommandLine.Mixin private final Call call;

    Migrate(Call call) {
      this.call = call;
    }

    @Override
    public Integer call() {
      Connections connections = connect(call, call.loadProject());
      List<String> applied = Warehouse.open(connections.requireWarehouse(), call.clock()).migrate();
      Console console = call.console();
      if (console.json()) {
        console.object(Map.of("applied", applied));
      } else if (applied.isEmpty()) {
        console.line("Nothing to migrate.");
      } else {
        applied.forEach(name -> console.line("applied " + name));
      }
      return 0;
    }
  }

  /** {@code db checksum}. */
  @Command(
      name = "checksum",
      description = "Sum up the published star: equal wherever the same rows are shown.")
  static final class Checksum implements Callable<Integer> {
    @CommandLine.Mixin private final Call call;

    Checksum(Call call) {
      this.call = call;
    }

    @Override
    public Integer call() {
      Project project = call.loadProject();
      Connections connections = connect(call, project);
      Warehouse warehouse = Warehouse.open(connections.requireWarehouse(), call.clock());
      Map<String, String> sums =
          warehouse.checksum(published(project, connections, warehouse).published());
      Console console = call.console();
      if (console.json()) {
        console.object(sums);
      } else {
        console.table(
            List.of("table", "checksum"),
            sums.entrySet().stream().map(e -> List.of(e.getKey(), e.getValue())).toList());
      }
      return 0;
    }
  }

  /** The commit that the warehouse shows. */
  static Commit published(Project project, Connections connections, Warehouse warehouse) {
    Publication publication =
        warehouse
            .published()
            .orElseThrow(
                () ->
                    new LoadException(
                        ErrorCode.NOT_FOUND,
                        "Cannot read the published star: nothing was published yet. Run loadstar"
                            + " load first."));
    Optional<LakeTables> tables =
        tables(project, connections).filter(found -> publication.lakeId().equals(found.lakeId()));
    if (tables.isEmpty()) {
      throw new LoadException(
          ErrorCode.NOT_FOUND,
          "Cannot find commit %d in the lake: the warehouse was loaded from another lake. Correct lake in loadstar.yaml."
              .formatted(publication.commit()));
    }
    return tables
        .get()
        .find(publication.commit())
        .filter(publication::sameRows)
        .orElseThrow(
            () ->
                new LoadException(
                    ErrorCode.COMMIT_UNKNOWN,
                    "Cannot find what the warehouse shows: it is a commit %d with rows that this lake never held, expected one of its commits. The lake was restored, perhaps; \"loadstar load --resync\" makes the warehouse show what the lake holds."
                        .formatted(publication.commit())));
  }

  /** The curated tables, to read them; empty when nothing ever ran. */
  static Optional<LakeTables> tables(Project project, Connections connections) {
    return Workspace.findLake(project, connections).map(LakeTables::of);
  }
}
