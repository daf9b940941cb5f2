package dev.loadstar.app.step;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.lake.load.RawLoad;
import dev.loadstar.tables.Tables;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The balances of a business date up to the build, as loads and the commit keep them: so steps that
 * run as processes of their own and runs that are repeated all tell the same.
 */
public final class RunBalance {
  private RunBalance() {}

  public static List<HopBalance> of(Lake lake, Tables tables, LocalDate date) {
    List<HopBalance> hops = new ArrayList<>();
    lake.raw().entities().stream()
        .flatMap(entity -> hop("ingest", entity, lake.raw().of(entity, date), RawLoad::balance))
        .forEach(hops::add);
    lake.processed().entities().stream()
        .flatMap(
            entity ->
                hop("transform", entity, lake.processed().of(entity, date), ProcessedLoad::balance))
        .forEach(hops::add);
    tables
        .head()
        .filter(commit -> commit.businessDate().equals(date))
        .ifPresent(commit -> hops.addAll(commit.balance()));
    return List.copyOf(hops);
  }

  /**
   * All loads of the date together, those that another one superseded or a person set aside too.
   */
  private static <T> Stream<HopBalance> hop(
      String step, EntityName entity, List<T> loads, Function<T, RowBalance> balance) {
    return loads.stream()
        .map(balance)
        .reduce(RowBalance::plus)
        .map(rows -> new HopBalance(step, entity.toString(), rows))
        .stream();
  }
}
