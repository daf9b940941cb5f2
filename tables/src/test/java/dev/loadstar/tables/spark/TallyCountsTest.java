package dev.loadstar.tables.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.tables.spark.TallyCounts.Counted;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyCountsTest {
  @Test
  void aTaskThatIsTriedAgainCountsOnce() {
    TallyCounts all = new TallyCounts(2);
    TallyCounts first = new TallyCounts(2);
    first.put(0, new Counted(Map.of(List.of("a"), new long[] {1, 2}), true));
    TallyCounts again = first.copy();
    TallyCounts other = new TallyCounts(2);
    other.put(
        1,
        new Counted(
            Map.of(List.of("a"), new long[] {4, 0}, List.of("b"), new long[] {0, 8}), false));
    all.merge(first);
    all.merge(other);
    all.merge(again);
    assertThat(all.byPart())
        .containsExactly(Map.of(List.of("a"), 5L), Map.of(List.of("a"), 2L, List.of("b"), 8L));
    assertThat(all.byTask())
        .containsExactly(Map.of(List.of("a"), 3L), Map.of(List.of("a"), 4L, List.of("b"), 8L));
    assertThat(first.ordered()).isTrue();
    assertThat(all.ordered()).isFalse();
  }
}
