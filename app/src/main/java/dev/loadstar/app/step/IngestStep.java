package dev.loadstar.app.step;

import dev.loadstar.ingestion.DataIngestionPipeline;
import dev.loadstar.ingestion.IngestResult;
import dev.loadstar.ingestion.ResolvedReferences;
import dev.loadstar.ingestion.SourceAdapters;
import dev.loadstar.jdbc.Retry.RetryPolicySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Sources into raw. */
final class IngestStep implements StepWork {
  /** Sources wait for networks, not for this machine's cores. */
  private static final int THREADS = 4;

  private final Set<Step> steps;

  /**
   * @param steps of the run
   */
  IngestStep(Set<Step> steps) {
    this.steps = Set.copyOf(steps);
  }

  @Override
  public Step step() {
    return Step.INGEST;
  }

  @Override
  public int parts(Workspace in) {
    return in.selection().size();
  }

  @Override
  public Done run(Workspace in, Remarks remarks) {
    SourceAdapters adapters =
        new SourceAdapters(
            new ResolvedReferences(in.connections().references()),
            in.project().folder().directory(),
            in.project().settings().timezone(),
            in.lake().hadoopOptions());
    DataIngestionPipeline pipeline =
        new DataIngestionPipeline(
            in.lake(),
            in.project().sources(),
            adapters::of,
            in.clock(),
            RetryPolicySettings.DEFAULT,
            THREADS);
    List<IngestResult> finished = new ArrayList<>();
    SparkAhead ahead = new SparkAhead(in, steps);
    ahead.before();
    try {
      pipeline.ingest(
          in.date(),
          in.selection(),
          in.ingest(),
          result -> {
            finished.add(result);
            ahead.after(result);
            in.progress().part(Step.INGEST, result.entity().toString());
          });
    } finally {
      finished.forEach(r -> r.findings().forEach(f -> remarks.finding(r.entity() + ": " + f)));
    }
    long loaded = count(finished, IngestResult.Outcome.LOADED);
    long known = count(finished, IngestResult.Outcome.ALREADY_LOADED);
    long skipped = count(finished, IngestResult.Outcome.SKIPPED_OPTIONAL);
    long rows =
        finished.stream()
            .filter(r -> r.outcome() == IngestResult.Outcome.LOADED)
            .mapToLong(IngestResult::rows)
            .sum();
    String summary =
        String.format(Locale.ROOT, "%,d rows of %d entities", rows, loaded)
            + (known > 0 ? ", %d loaded before".formatted(known) : "")
            + (skipped > 0 ? ", %d skipped".formatted(skipped) : "");
    return new Done(loaded > 0, summary);
  }

  private static long count(List<IngestResult> results, IngestResult.Outcome outcome) {
    return results.stream().filter(r -> r.outcome() == outcome).count();
  }
}
