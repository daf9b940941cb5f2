package dev.loadstar.app.step;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.ingestion.IngestResult;
import dev.loadstar.lake.load.Load;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.spark.LoadRows;
import java.util.Optional;
import java.util.Set;

/**
 * Lets Spark start while sources are read, once it is certain that a later step will need it: a
 * night with nothing new never starts it. Not thread safe.
 */
final class SparkAhead {
  private final Workspace in;
  private final Set<Step> steps;
  private boolean settled;

  /**
   * @param steps of the run
   */
  SparkAhead(Workspace in, Set<Step> steps) {
    this.in = in;
    this.steps = steps;
    settled = !steps.contains(Step.TRANSFORM);
  }

  /** Before the first source is read: what an earlier run left to do. */
  void before() {
    if (!settled) {
      in.spark().startAhead(this::leftToDo);
    }
  }

  /** After an entity was read. One that failed ends the night before a step that needs Spark. */
  void after(IngestResult result) {
    if (settled) {
      return;
    }
    boolean failed = result.outcome() == IngestResult.Outcome.FAILED;
    if (!failed && isNews(result)) {
      in.spark().startAhead(() -> true);
    }
    settled = failed || isNews(result);
  }

  /** A load without rows is transformed without Spark, but a star is not built without it. */
  private boolean isNews(IngestResult result) {
    return result.outcome() == IngestResult.Outcome.LOADED
        && (result.rows() > 0
            || steps.contains(Step.BUILD)
                && in.project().star().entities().contains(result.entity()));
  }

  private boolean leftToDo() {
    if (in.selection().stream().anyMatch(this::isRawLeft)) {
      return true;
    }
    Optional<Commit> head = in.tables().head();
    return steps.contains(Step.BUILD)
        && in.project().star().entities().stream()
            .anyMatch(entity -> !LoadRows.pending(in.lake(), head, entity).isEmpty());
  }

  private boolean isRawLeft(EntityName entity) {
    long done = in.lake().processed().latest(entity).map(Load::number).orElse(0L);
    return in.lake().raw().after(entity, done).stream().anyMatch(load -> load.files().rows() > 0);
  }
}
