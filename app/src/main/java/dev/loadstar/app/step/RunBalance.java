package dev.loadstar.app.step;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.lake.Lake;
import dev.loadstar.tables.Tables;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The balances of a business date up to the build, as loads and the commit keep them: so steps that
 * run as processes of their own and runs that are repeated all tell the same.
 */
public final class RunBalance {
  private RunBalance() {}

  public static List<HopBalance> of(Lake lake, Tables tables, LocalDate date) {
    List<HopBalance> hops = new ArrayList<>();
    for (var entity : lake.raw().entities()) {
      lake.raw()
          .find(entity, date)
          .ifPresent(l -> hops.add(new HopBalance("ingest", entity.toString(), l.balance())));
    }
    for (var entity : lake.processed().entities()) {
      lake.processed()
          .find(entity, date)
          .ifPresent(l -> hops.add(new HopBalance("transform", entity.toString(), l.balance())));
    }
    tables
        .head()
        .filter(commit -> commit.businessDate().equals(date))
        .ifPresent(commit -> hops.addAll(commit.balance()));
    return List.copyOf(hops);
  }
}
