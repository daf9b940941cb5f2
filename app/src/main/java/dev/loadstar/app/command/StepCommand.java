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

/** One step of a night, as a scheduler's task. */
abstract class StepCommand implements Callable<Integer> {
  @CommandLine.Mixin private final Call call;

  @Option(
      names = "--date",
      required = true,
      paramLabel = "DATE",
      description = "The business date, YYYY-MM-DD.")
  private LocalDate date;

  @Option(names = "--run-id", paramLabel = "ID", description = "Names the run. Default: its date.")
  private String runId;

  StepCommand(Call call) {
    this.call = call;
  }

  int run(Step step, IngestOptions ingest) {
    return RunCall.run(call, Set.of(step), date, Optional.ofNullable(runId), ingest);
  }

  /** Sources into raw. */
  @Command(name = "ingest", description = "Copy the sources' data of a date into raw.")
  static final class Ingest extends StepCommand {
    @Option(names = "--again", description = "Add a load that supersedes the date's own.")
    private boolean again;

    @Option(
        names = "--as-is",
        description = "Let an entity without change times stand for an old date as it is now.")
    private boolean asIs;

    Ingest(Call call) {
      super(call);
    }

    @Override
    public Integer call() {
      return run(Step.INGEST, new IngestOptions(again, asIs));
    }
  }

  /** Raw into processed. */
  @Command(name = "transform", description = "Standardize and mask raw loads that were not yet.")
  static final class Transform extends StepCommand {
    Transform(Call call) {
      super(call);
    }

    @Override
    public Integer call() {
      return run(Step.TRANSFORM, IngestOptions.USUAL);
    }
  }

  /** Processed into curated. */
  @Command(name = "build", description = "Build the star from processed loads and check it.")
  static final class Build extends StepCommand {
    Build(Call call) {
      super(call);
    }

    @Override
    public Integer call() {
      return run(Step.BUILD, IngestOptions.USUAL);
    }
  }
}
