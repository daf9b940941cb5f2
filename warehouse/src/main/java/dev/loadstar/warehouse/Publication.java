package dev.loadstar.warehouse;

import java.time.Instant;
import java.time.LocalDate;

/**
 * What a warehouse shows.
 *
 * @param publishedAt when the publish transaction was about to commit
 */
public record Publication(
    String lakeId, long commit, String runId, LocalDate businessDate, Instant publishedAt) {
  /** Whether this is that state of that lake. */
  public boolean shows(String lake, long number) {
    return lakeId.equals(lake) && commit == number;
  }
}
