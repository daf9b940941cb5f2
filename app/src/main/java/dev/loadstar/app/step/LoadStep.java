package dev.loadstar.app.step;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.tables.Commit;
import dev.loadstar.warehouse.RunRecord;
import dev.loadstar.warehouse.Warehouse;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Curated into the warehouse. */
final class LoadStep implements StepWork {
  private final int attempt;
  private final Instant runStarted;
  private final Set<String> resync;

  /**
   * @param resync tables that are compared as a whole, also when the commit is shown
   */
  LoadStep(int attempt, Instant runStarted, Set<String> resync) {
    this.attempt = attempt;
    this.runStarted = runStarted;
    this.resync = Set.copyOf(resync);
  }

  @Override
  public Step step() {
    return Step.LOAD;
  }

  @Override
  public Done run(Workspace in, Remarks remarks) {
    Warehouse warehouse = in.warehouse();
    Optional<Commit> head = in.tables().head();
    if (head.isEmpty()) {
      return new Done(false, "nothing was built yet");
    }
    Commit commit = head.get();
    if (resync.isEmpty()
        && warehouse.published().filter(p -> p.shows(commit)).isPresent()
        && warehouse.keysWaiting().isEmpty()) {
      return new Done(false, "commit %d is shown".formatted(commit.number()));
    }
    warehouse.requireMigrated();
    RunRecord run =
        new RunRecord(
            in.runId(),
            attempt,
            in.date().date(),
            runStarted,
            RunBalance.of(in.lake(), in.tables(), in.date().date()));
    List<HopBalance> balance = warehouse.publish(in.tables(), commit, run, resync);
    RowBalance all =
        balance.stream().map(HopBalance::rows).reduce(RowBalance.ZERO, RowBalance::plus);
    return new Done(
        true,
        String.format(Locale.ROOT, "commit %d, %,d rows changed", commit.number(), all.passed())
            + (resync.isEmpty()
                ? ""
                : ", compared whole: " + String.join(", ", new TreeSet<>(resync))),
        balance,
        Map.of());
  }
}
