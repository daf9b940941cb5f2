package dev.loadstar.bench.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The comparison itself requires that both sides copy the same values. */
class ExtractBenchmarkIT {
  @Test
  void bothSidesCopyTheSameTablesOfBothEngines() throws Exception {
    List<String> texts = new ArrayList<>();
    ExtractBenchmark.measure(900, 1, false, texts::add);
    assertThat(texts).hasSize(4);
    assertThat(texts.get(0)).contains("four tables out of PostgreSQL", "1,299 rows");
    assertThat(texts.get(3)).contains("four tables out of MariaDB", "1,299 rows");
  }
}
