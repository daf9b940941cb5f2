package dev.loadstar.tables;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.Checkpoint;
import dev.loadstar.lake.load.Expirations;
import dev.loadstar.lake.load.ProcessedLoad;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The processed loads of an entity that can still be read, in order; a checkpoint stands first for
 * those that expired.
 *
 * @param expiredUpTo the last load of which only the newest row per key is left; 0 when all are
 *     there
 */
public record LoadHistory(long expiredUpTo, List<ProcessedLoad> loads) {
  public LoadHistory {
    loads = List.copyOf(loads);
  }

  /**
   * What came after a load. The checkpoint also holds rows from before that load if that load
   * itself expired; whoever has them already sees them again.
   */
  public static LoadHistory after(Lake lake, EntityName entity, long number) {
    List<ProcessedLoad> loads = lake.processed().after(entity, number);
    if (loads.isEmpty()) {
      return new LoadHistory(0, loads);
    }
    Optional<Checkpoint> checkpoint =
        new Expirations(lake.files())
            .checkpoint(entity)
            .filter(c -> c.lastLoad() > number); // else nothing that is wanted expired
    if (checkpoint.isEmpty()) {
      return new LoadHistory(0, loads);
    }
    List<ProcessedLoad> left = new ArrayList<>();
    left.add(checkpoint.get().asLoad());
    loads.stream().filter(load -> load.number() > checkpoint.get().lastLoad()).forEach(left::add);
    return new LoadHistory(checkpoint.get().lastLoad(), left);
  }

  /** The latest business date of a load's rows; those of a checkpoint have many. */
  public LocalDate latestRow(ProcessedLoad load) {
    return load.number() <= expiredUpTo ? load.latestDate() : load.businessDate();
  }

  /**
   * The loads whose rows some loads hold: for a checkpoint those that it stands for, whose objects
   * still say what they knew.
   *
   * @param loads of one entity
   */
  public static List<ProcessedLoad> origins(Lake lake, List<ProcessedLoad> loads) {
    if (loads.isEmpty()) {
      return loads;
    }
    EntityName entity = loads.get(0).entity();
    Optional<Checkpoint> checkpoint =
        new Expirations(lake.files())
            .checkpoint(entity)
            .filter(c -> loads.stream().anyMatch(load -> load.attempt().equals(c.attempt())));
    if (checkpoint.isEmpty()) {
      return loads;
    }
    List<ProcessedLoad> origins = new ArrayList<>();
    lake.processed().after(entity, 0).stream()
        .filter(load -> load.number() <= checkpoint.get().lastLoad())
        .forEach(origins::add);
    loads.stream().filter(l -> l.number() > checkpoint.get().lastLoad()).forEach(origins::add);
    return origins;
  }
}
