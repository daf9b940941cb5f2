package dev.loadstar.bench.harness;

import java.util.ArrayList;
import java.util.List;

/**
 * Measures two sides in one run, alternating, so that whatever else the machine does meets both.
 * The first round warms up and is thrown away. Not thread safe.
 *
 * @param title what is compared
 * @param other how it is usually done
 * @param ours how Loadstar does it
 * @param rounds measured ones, at least 1; odd ones have a true median
 */
public record Comparison(String title, Side other, Side ours, int rounds) {
  public Comparison {
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds must be at least 1");
    }
  }

  /**
   * Runs all rounds.
   *
   * @throws IllegalStateException when the sides did not come to the same result
   */
  public Result run(Meter meter) throws Exception {
    List<Sample> others = new ArrayList<>();
    List<Sample> own = new ArrayList<>();
    long rows = 0;
    for (int round = 0; round <= rounds; round++) {
      // Who goes first alternates too: the second finds warmer caches.
      boolean otherFirst = round % 2 == 0;
      Sample first = measure(otherFirst ? other : ours, meter);
      Sample second = measure(otherFirst ? ours : other, meter);
      requireSame(first.outcome(), second.outcome(), round);
      rows = first.outcome().rows();
      if (round > 0) {
        others.add(otherFirst ? first : second);
        own.add(otherFirst ? second : first);
      }
    }
    return new Result(title, other.name(), ours.name(), rows, others, own);
  }

  private static Sample measure(Side side, Meter meter) throws Exception {
    side.prepare();
    long cpu = meter.cpuNanos();
    long wall = meter.wallNanos();
    side.run();
    long wallNanos = meter.wallNanos() - wall;
    long cpuNanos = meter.cpuNanos() - cpu;
    return new Sample(wallNanos, cpuNanos, side.outcome());
  }

  private void requireSame(Outcome first, Outcome second, int round) {
    if (!first.equals(second)) {
      throw new IllegalStateException(
          "Cannot compare \"%s\" in round %d: found %s and %s, expected the same result."
              .formatted(title, round, first, second));
    }
  }
}
