package dev.loadstar.warehouse;

import dev.loadstar.core.balance.HopBalance;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What the ledger keeps of a run that publishes.
 *
 * @param attempt from 1 within the run
 * @param balance of the hops before the load; the load adds its own
 */
public record RunRecord(
    String runId,
    int attempt,
    LocalDate businessDate,
    Instant startedAt,
    List<HopBalance> balance) {
  public RunRecord {
    balance = List.copyOf(balance);
  }
}
