package dev.loadstar.bench.dimension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.bench.harness.LocalSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison itself requires that both sides end with the same versions. */
class DimensionBenchmarkIT {
  @TempDir Path folder;

  @Test
  void everyRoundStartsFromTheSameHistoryAndBothSidesEndWithTheSameVersions() throws Exception {
    List<String> texts = new ArrayList<>();
    SparkSession spark = LocalSpark.start();
    spark.conf().set("spark.loadstar.fewRows", "0"); // or so few would need no stage to be told of
    DimensionBenchmark.compare(spark, folder, 100, 1, 1, texts::add);
    assertThat(texts).hasSize(2);
    assertThat(texts.get(0)).contains("2 % of 100 members change, 100 old versions", "(2 rows");
    assertThat(texts.get(1)).contains("history", "folding", "writing");
  }
}
