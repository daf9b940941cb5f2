package dev.loadstar.app.command;

import dev.loadstar.app.console.Console;
import dev.loadstar.app.project.Connections;
import dev.loadstar.app.project.Project;
import dev.loadstar.app.step.Declarations;
import dev.loadstar.app.step.Step;
import dev.loadstar.app.step.Workspace;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.lake.Lake;
import dev.loadstar.transform.Withdrawal;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code set-aside}: withdraws a raw load that nothing was made of. */
@Command(
    name = "set-aside",
    description = {
      "Withdraw a load that is not processed yet, so that later ones are no longer held up.",
      "Its rows stay in raw; the next ingest reads again what it had read."
    })
final class SetAsideCommand implements Callable<Integer> {
  @CommandLine.Mixin private final Call call;

  @Parameters(index = "0", paramLabel = "SOURCE.ENTITY", description = "Whose load it is.")
  private String entity;

  @Option(names = "--load", required = true, paramLabel = "N", description = "Its number.")
  private long number;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why, in a few words that anybody may read.")
  private String reason;

  SetAsideCommand(Call call) {
    this.call = call;
  }

  @Override
  public Integer call() {
    Project project = call.loadProject();
    EntityName name = entity(project);
    Connections connections =
        Connections.resolve(project, call.environment(), Set.of(Step.BUILD), List.of());
    Lake lake =
        Workspace.findLake(project, connections)
            .orElseThrow(
                () ->
                    new LoadException(
                        ErrorCode.USAGE,
                        "Cannot set aside load %d of %s: nothing has run yet, expected a lake at %s. Correct lake in loadstar.yaml."
                            .formatted(number, name, connections.lake())));
    Withdrawal withdrawal = new Withdrawal(lake, call.clock(), new Declarations(project)::of);
    SetAsideLoad load = SetAsideLoad.of(lake, withdrawal.setAside(name, number, reason));
    Console console = call.console();
    if (console.json()) {
      console.object(load);
    } else {
      console.line(load.line());
      console.line("The next ingest reads again what it had read.");
    }
    return 0;
  }

  private EntityName entity(Project project) {
    List<EntityName> named = project.sources().select(List.of(entity));
    if (named.size() != 1 || !named.get(0).toString().equals(entity)) {
      throw new LoadException(
          ErrorCode.USAGE,
          "Cannot set aside load %d of %s: found a source, expected one of its entities, such as %s. Name one."
              .formatted(number, entity, named.get(0)));
    }
    return named.get(0);
  }
}
