package dev.loadstar.lake.commit;

import java.util.List;
import java.util.Optional;

/**
 * The live files of a table: its rows are those of {@code base}, then every change set in order,
 * the last one that names a key wins.
 *
 * @param base a change set without deletes that starts the table anew; its commit may be older than
 *     the table's latest change
 * @param changes in order of commits, all later than {@code base}
 * @param nextKey the next free surrogate key; 1 for tables without
 * @param rows live rows
 */
public record TableState(
    TableShape shape, Optional<ChangeSet> base, List<ChangeSet> changes, long nextKey, long rows) {
  public TableState {
    changes = List.copyOf(changes);
  }
}
