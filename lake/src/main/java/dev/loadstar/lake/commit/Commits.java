package dev.loadstar.lake.commit;

import java.util.Optional;

/** The commits of a lake, by number. */
public interface Commits {
  Optional<Commit> head();

  Optional<Commit> find(long number);

  /**
   * What a warehouse that shows {@code published} lacks to show {@code target}, per table: the
   * later change sets where the table's history reaches back that far, else all of it.
   *
   * @param published empty when nothing was ever published from this lake
   */
  TableChanges changes(Optional<Long> published, Commit target, String table);

  /**
   * Makes the commit the head.
   *
   * @throws dev.loadstar.core.error.LoadException {@code RUN_AHEAD} when another run took the
   *     number
   */
  void claim(Commit commit);
}
