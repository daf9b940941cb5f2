package dev.loadstar.ingestion;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.RawLoad;
import dev.loadstar.lake.load.SetAside;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the next load of an entity must know of those before it. One that a person set aside does
 * not count: its date is open again, and what it had read is read again, because the bookmarks of
 * later loads lie beyond it. Asks for one listing where nothing was set aside. Not thread safe.
 */
final class EarlierLoads {
  private final Lake lake;
  private final EntityName entity;
  private final Set<Long> setAside;
  private final Optional<RawLoad> newest;

  EarlierLoads(Lake lake, EntityName entity) {
    this.lake = lake;
    this.entity = entity;
    this.setAside =
        lake.setAsides().of(entity).stream().map(SetAside::number).collect(Collectors.toSet());
    this.newest = lake.raw().latest(entity);
  }

  long nextNumber() {
    return newest.map(RawLoad::number).orElse(0L) + 1;
  }

  /** The latest date of a load for this date and of all before it. */
  LocalDate latestDate(LocalDate date) {
    return newest.map(RawLoad::latestDate).filter(date::isBefore).orElse(date);
  }

  /** The newest load of a date that counts. */
  Optional<RawLoad> of(LocalDate date) {
    if (setAside.isEmpty()) {
      return lake.raw().find(entity, date);
    }
    List<RawLoad> all = lake.raw().of(entity, date);
    for (int i = all.size() - 1; i >= 0; i--) {
      if (counts(all.get(i))) {
        return Optional.of(all.get(i));
      }
    }
    return Optional.empty();
  }

  /** The newest load that counts. */
  Optional<RawLoad> latest() {
    Optional<RawLoad> load = newest;
    while (load.isPresent() && !counts(load.get())) {
      load = numbered(load.get().number() - 1);
    }
    return load;
  }

  /** The latest date of all loads that count. */
  Optional<LocalDate> latestDate() {
    if (setAside.isEmpty()) {
      return newest.map(RawLoad::latestDate);
    }
    LocalDate latest = LocalDate.MIN;
    Optional<RawLoad> load = newest;
    while (load.isPresent() && load.get().latestDate().isAfter(latest)) {
      if (counts(load.get()) && load.get().businessDate().isAfter(latest)) {
        latest = load.get().businessDate();
      }
      load = numbered(load.get().number() - 1);
    }
    return Optional.of(latest).filter(LocalDate.MIN::isBefore);
  }

  /**
   * The load up to whose bookmark everything is sure to be read: the newest that counts, or the one
   * that a load set aside had gone on from, until a later one has read the same.
   */
  Optional<RawLoad> readUpTo() {
    OptionalLong gap =
        setAside.stream()
            .map(number -> numbered(number).orElseThrow())
            .filter(load -> !readAgain(load))
            .mapToLong(RawLoad::wentOnFrom)
            .min();
    return gap.isPresent() ? numbered(gap.getAsLong()) : latest();
  }

  /** The load that a date's load went on from, to read the same once more. */
  Optional<RawLoad> before(RawLoad existing) {
    Optional<RawLoad> load = numbered(existing.wentOnFrom());
    while (load.isPresent() && load.get().businessDate().equals(existing.businessDate())) {
      load = numbered(load.get().wentOnFrom());
    }
    return load;
  }

  private boolean readAgain(RawLoad lost) {
    for (long number = lost.number() + 1; number < nextNumber(); number++) {
      RawLoad later = numbered(number).orElseThrow();
      if (!setAside.contains(number)
          && later.wentOnFrom() <= lost.wentOnFrom()
          && !later.businessDate().isBefore(lost.businessDate())) {
        return true;
      }
    }
    return false;
  }

  /** A load that another one superseded counts by that one, unless that was set aside, too. */
  private boolean counts(RawLoad load) {
    return setAside.isEmpty()
        || !setAside.contains(load.number())
            && lake.processed()
                .find(entity, load.number())
                .map(processed -> processed.leftOut().isEmpty())
                .orElse(true);
  }

  private Optional<RawLoad> numbered(long number) {
    return number == 0 ? Optional.empty() : lake.raw().find(entity, number);
  }
}
