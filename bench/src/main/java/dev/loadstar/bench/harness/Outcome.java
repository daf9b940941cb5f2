package dev.loadstar.bench.harness;

import java.util.Objects;

/**
 * What a side did.
 *
 * @param rows that the work was about, for costs per million
 * @param checksum of the result; sides that differ did not do the same work
 */
public record Outcome(long rows, String checksum) {
  public Outcome {
    if (rows < 0) {
      throw new IllegalArgumentException("rows must not be negative");
    }
    Objects.requireNonNull(checksum);
  }
}
