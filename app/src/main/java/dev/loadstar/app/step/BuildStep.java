package dev.loadstar.app.step;

import dev.loadstar.starschema.builder.BuildResult;
import dev.loadstar.starschema.builder.StarSchemaBuilder;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.spark.LoadRows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** Processed into curated, checked before it counts. */
final class BuildStep implements StepWork {
  @Override
  public Step step() {
    return Step.BUILD;
  }

  @Override
  public Done run(Workspace in, Remarks remarks) {
    Optional<Commit> compacted = compact(in);
    StarSchemaBuilder builder = builder(in, remarks);
    BuildResult result = builder.build(in.date(), in.runId());
    result.findings().forEach(remarks::finding);
    if (!result.committed()) {
      String head =
          result
              .head()
              .map(c -> "commit %d stands".formatted(c.number()))
              .orElse("nothing to build from");
      return new Done(false, head);
    }
    Map<String, Map<String, Long>> versions = new TreeMap<>();
    result.dimensions().forEach((table, change) -> versions.put(table, counts(change)));
    long created =
        result.dimensions().values().stream()
            .mapToLong(BuildResult.DimensionChange::newVersions)
            .sum();
    return new Done(
        true,
        "commit %d, %,d new versions%s"
            .formatted(
                result.head().orElseThrow().number(),
                created,
                compacted.map(c -> ", files compacted in commit " + c.number()).orElse("")),
        List.of(), // the commit keeps it
        versions);
  }

  static StarSchemaBuilder builder(Workspace in, Remarks remarks) {
    return new StarSchemaBuilder(
        () -> checkedSpark(in),
        in.tables(),
        in.project().star(),
        in.project().settings().guards(),
        new Declarations(in.project())::types,
        new StarCheck(in.project(), in.lake(), in.tables(), remarks::verdicts),
        new WarehouseRoom(in, remarks),
        in.clock());
  }

  /**
   * Before the build, when a warehouse has usually published the head: then it moves on to the
   * commit of fewer files without reading any. Only a night with news makes it, so that running
   * again changes nothing.
   */
  private static Optional<Commit> compact(Workspace in) {
    Optional<Commit> head = in.tables().head();
    boolean news =
        in.project().star().entities().stream()
            .anyMatch(entity -> !LoadRows.pending(in.lake(), head, entity).isEmpty());
    return news ? in.tables().compact(in.runId(), in.clock().instant()) : Optional.empty();
  }

  /** Asked for once and only when there is something to build, so a night without news is quick. */
  private static SparkSession checkedSpark(Workspace in) {
    new ColumnCheck(in.project(), in.lake()).check();
    WarehouseAhead.start(in);
    return in.spark().get();
  }

  private static Map<String, Long> counts(BuildResult.DimensionChange change) {
    return Map.of(
        "new", change.newVersions(),
        "changed", change.changedVersions(),
        "removed", change.removedVersions(),
        "inferred", change.inferredMembers());
  }
}
