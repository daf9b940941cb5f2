package dev.loadstar.app.command;

import dev.loadstar.app.step.Step;
import dev.loadstar.ingestion.IngestOptions;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code run}: a whole night or a part of it. */
@Command(name = "run", description = "Run a night: ingest, transform, build, load, report.")
final class RunCommand implements Callable<Integer> {
  @CommandLine.Mixin private final Call call;
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--date",
      required = true,
      paramLabel = "DATE",
      description = "The business date, YYYY-MM-DD.")
  private LocalDate date;

  @Option(names = "--run-id", paramLabel = "ID", description = "Names the run. Default: its date.")
  private String runId;

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
    return RunCall.run(call, steps, date, Optional.ofNullable(runId), IngestOptions.USUAL);
  }
}
