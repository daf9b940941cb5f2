package dev.loadstar.lake.load;

import dev.loadstar.core.name.EntityName;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The loads of one layer, by number. Reads objects only; never a listing of data files. */
public interface Loads<T extends Load> {
  Optional<T> latest(EntityName entity);

  /** The newest load of a business date. One object is read when the date is the newest or new. */
  Optional<T> find(EntityName entity, LocalDate businessDate);

  Optional<T> find(EntityName entity, long number);

  /**
   * Every load of a business date, in order. Reads the newest of the date and what came after it,
   * down to the first older one.
   */
  List<T> of(EntityName entity, LocalDate businessDate);

  /** Loads with a higher number, in order. */
  List<T> after(EntityName entity, long number);

  /** Entities that have a load. */
  List<EntityName> entities();

  /**
   * Makes the load count under its number.
   *
   * @throws dev.loadstar.core.error.LoadException {@code RUN_AHEAD} when another run took the
   *     number
   */
  void claim(T load);
}
