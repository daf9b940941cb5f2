package dev.loadstar.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private final List<String> calls = new ArrayList<>();
  private final HandMeter meter = new HandMeter();

  @Test
  void sidesAlternateAndTakeTurnsInGoingFirst() throws Exception {
    new Comparison("x", side("other", "same", 1, 1, 1), side("ours", "same", 1, 1, 1), 2)
        .run(meter);
    assertThat(calls).containsExactly("other", "ours", "ours", "other", "other", "ours");
  }

  @Test
  void theWarmUpIsThrownAwayAndOneDisturbedRoundDoesNotMatter() throws Exception {
    Side other = side("other", "same", 900, 6, 6, 60);
    Side ours = side("ours", "same", 1, 2, 3, 2);
    Result result = new Comparison("x", other, ours, 3).run(meter);
    // Pairwise 3, 2 and 30.
    assertThat(result.ratio()).isEqualTo(3.0);
  }

  @Test
  void costsAreShownPerMillionRows() throws Exception {
    Side other = side("usual", "same", 1, 6_000);
    Side ours = side("ours", "same", 1, 3_000);
    String text = new Comparison("x", other, ours, 1).run(meter).text();
    assertThat(text)
        .contains("500,000 rows", "6.00 s", "12.00 CPU s", "24.00 CPU s per million rows")
        .contains("median of pairwise ratios: 2.00");
  }

  @Test
  void sidesThatDidDifferentWorkAreNotCompared() {
    Comparison comparison = new Comparison("x", side("a", "1", 1, 1), side("b", "2", 1, 1), 1);
    assertThatThrownBy(() -> comparison.run(meter))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected the same result");
  }

  @Test
  void processorTimeOfAServerAndItsChildrenIsCounted() throws Exception {
    String busy = "i=0; while [ $i -lt 150000 ]; do i=$((i+1)); done";
    // A server with one child that works and ends, and one that works and stays.
    Process server =
        new ProcessBuilder("sh", "-c", "(%s); (%s; echo done; read x) ; :".formatted(busy, busy))
            .start();
    try {
      assertThat(server.inputReader().readLine()).isEqualTo("done");
      long with = new ProcessMeter(List.of(server.pid())).cpuNanos();
      long without = new ProcessMeter(List.of()).cpuNanos();
      assertThat(with - without).isGreaterThan(20_000_000L);
    } finally {
      server.destroy();
    }
  }

  private Side side(String name, String checksum, long... milliseconds) {
    Deque<Long> left = new ArrayDeque<>();
    for (long one : milliseconds) {
      left.add(one);
    }
    return new Side() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void prepare() {
        meter.pass(77);
      }

      @Override
      public void run() {
        calls.add(name);
        meter.pass(left.remove());
      }

      @Override
      public Outcome outcome() {
        meter.pass(88);
        return new Outcome(500_000, checksum);
      }
    };
  }

  /** Time that passes only when told to; two processors are busy. */
  private static final class HandMeter implements Meter {
    private long nanos;

    void pass(long milliseconds) {
      nanos += milliseconds * 1_000_000;
    }

    @Override
    public long wallNanos() {
      return nanos;
    }

    @Override
    public long cpuNanos() {
      return 2 * nanos;
    }
  }
}
