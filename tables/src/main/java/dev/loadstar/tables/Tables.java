package dev.loadstar.tables;

import dev.loadstar.core.type.Column;
import dev.loadstar.lake.parquet.RowReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The curated tables of one lake: read as of a commit, net changes between two, written by an
 * attempt, made to count by a commit. Needs no Spark. Thread safe.
 */
public interface Tables {
  /** The random id of the lake. */
  String lakeId();

  /** The newest commit. Looks again at every call. */
  Optional<Commit> head();

  Optional<Commit> find(long number);

  /**
   * All live rows, sorted by primary key.
   *
   * @param columns in the order wanted, of types that the stored ones can be widened to
   */
  RowReader read(Table table, List<Column> columns);

  /**
   * The live rows of some primary keys, sorted by primary key.
   *
   * @param keys values of the key's columns, in the shape's order; repeats and unknown ones are
   *     harmless
   */
  RowReader read(Table table, List<Column> columns, List<Object[]> keys);

  /**
   * What a table of one commit lacks to be that of another: at most one row per primary key, sorted
   * by it. A deletion of a row that the other side never had is possible.
   *
   * @param from empty when the other side has nothing of this lake; may also be a later commit
   * @param columns the only ones that count; a row that differs in others alone is no change
   * @return a snapshot when the other side's rows are not known any more, or it has no such table
   */
  Changes changes(Optional<Commit> from, Commit to, String table, List<Column> columns);

  /**
   * Begins the next commit. Nothing that it writes counts before {@link Attempt#commit}.
   *
   * @param parent the head that it is computed from; empty for the first
   */
  Attempt begin(Optional<Commit> parent);

  /**
   * Makes a commit of the same rows in fewer files: a table's change sets become one where they are
   * many, and go into the base where they have grown.
   *
   * @return the new head; empty when there was nothing to do
   * @throws dev.loadstar.core.error.LoadException {@code RUN_AHEAD} when another run committed
   */
  Optional<Commit> compact(String runId, Instant now);

  /**
   * Makes a commit with the content of an older one; key counters stay where they are.
   *
   * @throws dev.loadstar.core.error.LoadException {@code NOT_FOUND} when it is unknown or expired
   */
  Commit rollBack(long number, String runId, Instant now);

  /**
   * Gives up commits below a number, except for what the head needs.
   *
   * @param dryRun only tells
   */
  Expiry expire(long below, boolean dryRun);
}
