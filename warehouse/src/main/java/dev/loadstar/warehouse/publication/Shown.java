package dev.loadstar.warehouse.publication;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.Tables;
import dev.loadstar.warehouse.Publication;
import dev.loadstar.warehouse.WarehouseTarget;
import java.util.Optional;
import java.util.Set;

/** Which commit of the lake a warehouse shows: by its rows, for a restored lake counts again. */
record Shown(Tables tables, WarehouseTarget target) {
  /**
   * @param wanted the commit to be published
   * @param resync tables that need not be known
   * @return empty when nothing was published, or from another lake
   * @throws LoadException {@code RUN_AHEAD} when it shows a later commit of this lake, {@code
   *     COMMIT_UNKNOWN} when it shows one that this lake never made
   */
  Optional<Commit> commit(Optional<Publication> shown, Commit wanted, Set<String> resync) {
    if (shown.isEmpty() || !shown.get().lakeId().equals(wanted.lakeId())) {
      return Optional.empty();
    }
    Publication publication = shown.get();
    Optional<Commit> known = tables.find(publication.commit()).filter(publication::sameRows);
    if (known.isEmpty()) {
      boolean all = wanted.published().stream().map(TableShape::name).allMatch(resync::contains);
      if (!all) {
        throw new LoadException(
            ErrorCode.COMMIT_UNKNOWN,
            "Cannot publish to %s: it shows commit %d with rows that this lake never held, expected one of its commits. The lake was restored, perhaps; \"loadstar load --resync\" makes the warehouse show what the lake holds."
                .formatted(target.database(), publication.commit()));
      }
    } else if (publication.commit() > wanted.number()) {
      throw new LoadException(
          ErrorCode.RUN_AHEAD,
          "Cannot publish to %s: it shows commit %d, newer than %d, expected to be the only one. Nothing was changed; run again."
              .formatted(target.database(), publication.commit(), wanted.number()));
    }
    return known;
  }
}
