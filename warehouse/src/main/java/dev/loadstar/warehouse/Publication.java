package dev.loadstar.warehouse;

import dev.loadstar.tables.Commit;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What a warehouse shows.
 *
 * @param identity of the commit's rows; empty when an older release published it
 * @param publishedAt when the publish transaction was about to commit
 */
public record Publication(
    String lakeId,
    long commit,
    Optional<String> identity,
    String runId,
    LocalDate businessDate,
    Instant publishedAt) {
  /** Whether this is that commit, of which there may be another with the same number. */
  public boolean shows(Commit of) {
    return commit == of.number() && sameRows(of);
  }

  /**
   * Whether the commit holds the rows that are shown; the number decides where no identity is kept.
   */
  public boolean sameRows(Commit of) {
    return lakeId.equals(of.lakeId())
        && identity.map(of.identity()::equals).orElse(commit == of.number());
  }
}
