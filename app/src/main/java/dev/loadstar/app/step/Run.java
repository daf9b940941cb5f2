package dev.loadstar.app.step;

import dev.loadstar.app.report.ReportPage;
import dev.loadstar.app.report.RunReport;
import dev.loadstar.app.report.RunReports;
import dev.loadstar.core.error.LoadException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs steps in order, stops at the first that fails, and writes the report either way. */
public final class Run {
  private final Workspace in;

  public Run(Workspace in) {
    this.in = in;
  }

  /**
   * What came of it.
   *
   * @param reportAt where the page is; empty when no report was asked for or it could not be
   *     written
   * @param failure the step's, to be thrown once everything was told
   */
  public record Result(
      RunReport report, Optional<String> reportAt, Optional<RuntimeException> failure) {}

  /** Runs these steps; a failure ends the run but not the report. */
  public Result run(Set<Step> steps) {
    return run(steps, Set.of());
  }

  /**
   * The same.
   *
   * @param resync tables that the load compares as a whole
   */
  public Result run(Set<Step> steps, Set<String> resync) {
    Instant started = in.clock().instant();
    RunNotes notes = new RunNotes(in.lake(), in.runId());
    int attempt = notes.claimAttempt();
    Optional<RuntimeException> failure = Optional.empty();
    for (Step step : Step.values()) {
      if (step != Step.REPORT && steps.contains(step) && failure.isEmpty()) {
        failure = run(work(step, steps, attempt, started, resync), notes);
      }
    }
    RunReport report = RunReports.of(in, notes, attempt, started, in.clock().instant());
    Optional<String> at = Optional.empty();
    if (steps.contains(Step.REPORT) || failure.isPresent()) {
      in.progress().begin(Step.REPORT, 0);
      at = Optional.of(notes.writeReport(attempt, ReportPage.render(report), report.json()));
    }
    return new Result(report, at, failure);
  }

  private static StepWork work(
      Step step, Set<Step> steps, int attempt, Instant started, Set<String> resync) {
    return switch (step) {
      case INGEST -> new IngestStep(steps);
      case TRANSFORM -> new TransformStep();
      case BUILD -> new BuildStep();
      case LOAD -> new LoadStep(attempt, started, resync);
      case REPORT -> throw new IllegalArgumentException("the report is no work on data");
    };
  }

  private Optional<RuntimeException> run(StepWork work, RunNotes notes) {
    Instant started = in.clock().instant();
    Remarks remarks = new Remarks();
    Optional<RuntimeException> failure = Optional.empty();
    StepWork.Done done = new StepWork.Done(false, "");
    in.progress().begin(work.step(), work.parts(in));
    try {
      done = work.run(in, remarks);
    } catch (RuntimeException e) {
      failure = Optional.of(e);
    }
    String outcome =
        failure.isPresent()
            ? StepNote.FAILED
            : done.changed() ? StepNote.DONE : StepNote.NOTHING_NEW;
    double seconds = Duration.between(started, in.clock().instant()).toMillis() / 1000.0;
    StepNote note =
        new StepNote(
            work.step().toString(),
            outcome,
            started.toString(),
            seconds,
            done.summary(),
            remarks.findings(),
            failure.map(Run::code).orElse(null),
            failure.map(Run::words).orElse(null),
            done.balance(),
            done.versions(),
            failure.isPresent() ? remarks.verdicts() : List.of()); // a commit keeps its own
    in.progress().end(notes.keep(note));
    return failure;
  }

  private static String code(RuntimeException e) {
    return e instanceof LoadException l ? l.code().name() : "INTERNAL";
  }

  /** Words of drivers and servers may hold values; only ours are shown. */
  private static String words(RuntimeException e) {
    return e instanceof LoadException l
        ? l.getMessage()
        : "An unexpected " + e.getClass().getName() + ". Please report this.";
  }
}
