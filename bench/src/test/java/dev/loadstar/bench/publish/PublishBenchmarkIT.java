package dev.loadstar.bench.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The comparison itself requires that both sides load the same figures. */
class PublishBenchmarkIT {
  private static final Path MIGRATIONS =
      Path.of(System.getProperty("loadstar.root"), "warehouse", "migrations");

  @Test
  void bothSidesLoadTheSameFactsOnBothEngines() throws Exception {
    List<String> texts = new ArrayList<>();
    PublishBenchmark.measure(900, 1, MIGRATIONS, texts::add);
    assertThat(texts).hasSize(4);
    assertThat(texts.get(0)).contains("into PostgreSQL", "900 rows", "Spark");
    assertThat(texts.get(1)).contains("into PostgreSQL", "900 rows", "bare copy");
    assertThat(texts.get(2)).contains("into MariaDB", "900 rows", "Spark");
    assertThat(texts.get(3)).contains("into MariaDB", "900 rows", "bare copy");
  }
}
