package dev.loadstar.bench.dimension;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileTest {
  @Test
  void stagesThatOverlapCountOnceAndTimeWithoutAnyIsShown() {
    String text =
        Profile.text(
            List.of(
                span(1, 0, 1_000, 10),
                span(2, 3_000, 6_000, 200),
                span(2, 2_000, 5_000, 300),
                new StageSpan(2, true, false, 6_000, 7_000, 1_500, 0),
                new StageSpan(3, false, true, 8_000, 8_500, 400, 0)),
            10_000);
    assertThat(text.lines().map(line -> line.strip().replaceAll(" +", " ")))
        .containsExactly(
            "of 10.00 s in one more round:",
            "reading processed for its keys 1.00 s 1.00 s in tasks 10 rows from files",
            "reading and joining history 4.00 s 6.00 s in tasks 500 rows from files",
            "folding 1.00 s 1.50 s in tasks 0 rows from files",
            "writing 0.50 s 0.40 s in tasks 0 rows from files",
            "no stage runs: plans, commit 3.50 s");
  }

  private static StageSpan span(long execution, long from, long to, long rows) {
    return new StageSpan(execution, false, false, from, to, to - from, rows);
  }
}
