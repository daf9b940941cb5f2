package dev.loadstar.bench.dimension;

import dev.loadstar.bench.harness.Comparison;
import dev.loadstar.bench.harness.LocalSpark;
import dev.loadstar.bench.harness.ProcessMeter;
import dev.loadstar.bench.harness.Scratch;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** A night in which a fiftieth of a type 2 dimension changes, against rewriting all of it. */
public final class DimensionBenchmark {
  /** Versions of each member that are history already, in the second comparison. */
  private static final int OLD_VERSIONS = 5;

  private DimensionBenchmark() {}

  /**
   * @param members at least 50, so that some change
   * @param report takes each text as it is known
   */
  public static void measure(long members, int rounds, Consumer<String> report) throws Exception {
    if (members < 50) {
      throw new IllegalArgumentException("dimension needs at least 50 rows");
    }
    SparkSession spark = LocalSpark.start();
    try {
      for (int nights : List.of(0, OLD_VERSIONS)) {
        try (Scratch scratch = new Scratch("dimension")) {
          compare(spark, scratch.folder(), members, nights, rounds, report);
        }
      }
    } finally {
      spark.stop();
    }
  }

  /**
   * @param nights in which everybody changed before
   */
  static void compare(
      SparkSession spark,
      Path folder,
      long members,
      int nights,
      int rounds,
      Consumer<String> report)
      throws Exception {
    DimensionStart start = Preparation.of(spark, folder.resolve("start"), members, nights);
    LoadstarBuild ours = new LoadstarBuild(spark, start, folder.resolve("lake"));
    String title =
        String.format(
            Locale.ROOT, "2 %% of %,d members change, %,d old versions", members, members * nights);
    Comparison comparison =
        new Comparison(
            title, new RewriteInFull(spark, start, folder.resolve("rewritten")), ours, rounds);
    report.accept(comparison.run(new ProcessMeter(List.of())).text());
    report.accept(Profile.of(spark, ours));
  }
}
