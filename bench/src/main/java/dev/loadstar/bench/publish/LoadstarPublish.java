package dev.loadstar.bench.publish;

import dev.loadstar.bench.harness.Outcome;
import dev.loadstar.bench.harness.Side;
import dev.loadstar.tables.Commit;
import dev.loadstar.warehouse.RunRecord;
import dev.loadstar.warehouse.Warehouse;
import dev.loadstar.warehouse.WarehouseTarget;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The first {@code loadstar load}: rows, checks, keys, one transaction with the ledger. */
final class LoadstarPublish implements Side {
  private final SampleStar star;
  private final FreshWarehouse fresh;
  private WarehouseTarget target;

  LoadstarPublish(SampleStar star, FreshWarehouse fresh) {
    this.star = star;
    this.fresh = fresh;
  }

  @Override
  public String name() {
    return "loadstar load";
  }

  @Override
  public void prepare() {
    target = fresh.migrated();
  }

  WarehouseTarget target() {
    return target;
  }

  @Override
  public void run() {
    publish(star.everything());
  }

  @Override
  public Outcome outcome() throws Exception {
    try (Connection connection = target.database().connect()) {
      return LoadedFacts.in(connection);
    }
  }

  private void publish(Commit commit) {
    RunRecord run =
        new RunRecord(commit.runId(), 1, commit.businessDate(), Instant.EPOCH, List.of());
    // The balance says nothing that the figures of the outcome do not say.
    var unused = Warehouse.open(target, Clock.systemUTC()).publish(star.tables(), commit, run);
  }
}
