package dev.loadstar.jdbc.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockRangesTest {
  @Test
  void rangesFollowOneAnotherAndTheLastIsOpen() {
    assertThat(BlockRanges.ranges(3_500))
        .containsExactly(
            "ctid >= '(0,0)' AND ctid < '(1024,0)'",
            "ctid >= '(1024,0)' AND ctid < '(2048,0)'",
            "ctid >= '(2048,0)'");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1_024, 2_047})
  void aSmallTableIsOneRange(long blocks) {
    assertThat(BlockRanges.ranges(blocks)).containsExactly("ctid >= '(0,0)'");
  }

  @Test
  void aHugeTableIsCutIntoLargerRangesRatherThanMore() {
    List<String> ranges = BlockRanges.ranges(4_000_000_000L);
    assertThat(ranges).hasSize(64);
    assertThat(ranges.get(63)).isEqualTo("ctid >= '(3937500000,0)'");
  }
}
