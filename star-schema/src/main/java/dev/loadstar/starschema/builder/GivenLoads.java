package dev.loadstar.starschema.builder;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.LoadHistory;
import dev.loadstar.tables.spark.LoadRows;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The processed loads that a build takes in. */
record GivenLoads(Lake lake, Optional<Commit> head, Map<EntityName, List<ProcessedLoad>> pending) {
  List<ProcessedLoad> pending(EntityName entity) {
    return pending.get(entity);
  }

  /** All that is left of them. */
  LoadHistory all(EntityName entity) {
    return LoadRows.history(lake, entity);
  }

  /**
   * Pending loads of an entity, and, when one is of an older date than what is known, all of later
   * dates once more: what they said again was not kept while nothing stood between.
   */
  List<ProcessedLoad> given(EntityName entity) {
    List<ProcessedLoad> news = pending.get(entity);
    Optional<LocalDate> oldest =
        news.stream().map(ProcessedLoad::businessDate).min(Comparator.naturalOrder());
    boolean late =
        oldest.isPresent()
            && (head.get().latestDate().isAfter(oldest.get())
                || news.stream().anyMatch(load -> load.latestDate().isAfter(oldest.get())));
    if (!late) {
      return news;
    }
    long newFrom = newFrom(entity);
    LoadHistory all = all(entity);
    return all.loads().stream()
        .filter(load -> load.number() >= newFrom || all.latestRow(load).isAfter(oldest.get()))
        .toList();
  }

  /** The number of the first load of an entity that no commit holds. */
  long newFrom(EntityName entity) {
    return pending.get(entity).stream().mapToLong(ProcessedLoad::number).min().orElse(0);
  }
}
