package dev.loadstar.app.command;

import dev.loadstar.app.step.Step;
import dev.loadstar.ingestion.IngestOptions;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** One step of a night, as a scheduler's task. */
abstract class StepCommand implements Callable<Integer> {
  @CommandLine.Mixin private final Call call;
  @CommandLine.Mixin private final RunOptions options = new RunOptions();

  StepCommand(Call call) {
    this.call = call;
  }

  int run(Step step, IngestOptions ingest) {
    return RunCall.run(call, Set.of(step), options, ingest);
  }

  /** Sources into raw. */
  @Command(name = "ingest", description = "Copy the sources' data of a date into raw.")
  static final class Ingest extends StepCommand {
    @CommandLine.Mixin private final IngestFlags flags = new IngestFlags();

    Ingest(Call call) {
      super(call);
    }

    @Override
    public Integer call() {
      return run(Step.INGEST, flags.options());
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
