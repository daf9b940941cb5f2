package dev.loadstar.app.command;

import dev.loadstar.app.step.Step;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code run}: a whole night or a part of it. */
@Command(name = "run", description = "Run a night: ingest, transform, build, load, report.")
final class RunCommand implements Callable<Integer> {
  @CommandLine.Mixin private final Call call;
  @CommandLine.Mixin private final RunOptions options = new RunOptions();
  @CommandLine.Mixin private final IngestFlags ingest = new IngestFlags();
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--from-step",
      paramLabel = "STEP",
      defaultValue = "ingest",
      description = "The first step. Default: ${DEFAULT-VALUE}.")
  private Step from;

  @Option(
      names = "--to-step",
      paramLabel = "STEP",
      defaultValue = "report",
      description = "The last step. Default: ${DEFAULT-VALUE}.")
  private Step to;

  RunCommand(Call call) {
    this.call = call;
  }

  @Override
  public Integer call() {
    Set<Step> steps = Step.between(from, to);
    if (steps.isEmpty()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--from-step %s comes after --to-step %s".formatted(from, to));
    }
    if (ingest.given() && !steps.contains(Step.INGEST)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--again and --as-is go with the step ingest, which is left out");
    }
    return RunCall.run(call, steps, options, ingest.options());
  }
}
