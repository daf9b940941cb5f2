package dev.loadstar.ingestion;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What became of one entity.
 *
 * @param loadNumber of the load of the date; 0 when there is none
 * @param rows of that load
 * @param elapsed by the wall clock; zero when nothing was read
 * @param findings remarks for the report, no values of rows
 * @param balance of what was read now; empty when nothing was
 * @param failure why there is no load
 */
public record IngestResult(
    EntityName entity,
    Outcome outcome,
    long loadNumber,
    long rows,
    Duration elapsed,
    List<String> findings,
    Optional<HopBalance> balance,
    Optional<LoadException> failure) {
  /** How it ended. */
  public enum Outcome {
    LOADED,
    /** An earlier run had loaded the date. */
    ALREADY_LOADED,
    /** It failed and is not required. */
    SKIPPED_OPTIONAL,
    FAILED
  }

  public IngestResult {
    findings = List.copyOf(findings);
  }
}
