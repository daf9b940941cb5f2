package dev.loadstar.bench.dimension;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** Where a build's wall time goes, from when Spark's stages ran in one more round. */
final class Profile {
  private enum Phase {
    PROCESSED("reading processed for its keys"),
    HISTORY("reading and joining history"),
    FOLDING("folding"),
    WRITING("writing");

    private final String text;

    Phase(String text) {
      this.text = text;
    }
  }

  private Profile() {}

  /** Runs {@code side} once more; not one of the rounds that are compared. */
  static String of(SparkSession spark, LoadstarBuild side) throws Exception {
    side.prepare();
    long[] wall = new long[1];
    List<StageSpan> spans =
        StageSpans.during(
            spark,
            () -> {
              long from = System.nanoTime();
              side.run();
              wall[0] = (System.nanoTime() - from) / 1_000_000;
            });
    return text(spans, wall[0]);
  }

  static String text(List<StageSpan> spans, long wallMillis) {
    Set<Long> folding =
        spans.stream()
            .filter(StageSpan::folds)
            .map(StageSpan::execution)
            .collect(Collectors.toSet());
    Map<Phase, List<StageSpan>> phases =
        spans.stream()
            .collect(
                Collectors.groupingBy(s -> phase(s, folding), TreeMap::new, Collectors.toList()));
    StringBuilder text =
        new StringBuilder(
            String.format(Locale.ROOT, "    of %.2f s in one more round:%n", wallMillis / 1e3));
    phases.forEach(
        (phase, its) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "      %-32s %8.2f s   %8.2f s in tasks   %,12d rows from files%n",
                    phase.text,
                    covered(its) / 1e3,
                    its.stream().mapToLong(StageSpan::taskMillis).sum() / 1e3,
                    its.stream().mapToLong(StageSpan::rowsRead).sum())));
    return text.append(
            String.format(
                Locale.ROOT,
                "      %-32s %8.2f s%n",
                "no stage runs: plans, commit",
                (wallMillis - covered(spans)) / 1e3))
        .toString();
  }

  /** A query that folds reads, in its other stages, the load and the history of its members. */
  private static Phase phase(StageSpan span, Set<Long> folding) {
    if (span.writes()) {
      return Phase.WRITING;
    }
    if (span.folds()) {
      return Phase.FOLDING;
    }
    return folding.contains(span.execution()) ? Phase.HISTORY : Phase.PROCESSED;
  }

  /** How long at least one of them ran. */
  private static long covered(List<StageSpan> spans) {
    long covered = 0;
    long until = Long.MIN_VALUE;
    List<StageSpan> inOrder =
        spans.stream().sorted(Comparator.comparingLong(StageSpan::fromMillis)).toList();
    for (StageSpan span : inOrder) {
      long from = Math.max(span.fromMillis(), until);
      covered += Math.max(0, span.toMillis() - from);
      until = Math.max(until, span.toMillis());
    }
    return covered;
  }
}
