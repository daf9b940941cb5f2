package dev.loadstar.tables;

import dev.loadstar.core.type.Extent;
import java.util.Map;
import java.util.Optional;

/** The next commit in the making. Thread safe; its writers are not. */
public interface Attempt {
  /** The number that it will claim. */
  long number();

  /** How large the values are that were written so far, by table and column. */
  Map<String, Map<String, Extent>> extents();

  /**
   * The table with other columns: what it lacks is null, what it has too much is dropped, types are
   * widened.
   *
   * @throws IllegalArgumentException when a type cannot be widened to the new one; see {@link
   *     Widening}
   */
  Table reshaped(Table table, TableShape shape);

  /**
   * Opens a run of changes to a table. Runs of one attempt may overlap but never name a key twice.
   *
   * @param prior empty for a table that begins
   * @param shape the prior one's, or one that {@link #reshaped} accepts
   */
  TableWriter write(Optional<Table> prior, TableShape shape);

  /**
   * Makes the tables the head.
   *
   * @param tables every table of the star; one that is missing is dropped
   * @throws dev.loadstar.core.error.LoadException {@code RUN_AHEAD} when another run took the
   *     number
   */
  Commit commit(CommitNote note, Map<String, Table> tables);
}
