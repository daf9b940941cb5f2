package dev.loadstar.tables.stored;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table in its files: its rows are those of {@code base}, then every change set in order, the
 * last one that names a key wins.
 *
 * @param base a change set without deletes that starts the table anew
 * @param changes in order of commits
 * @param since of columns that were dropped once while older files still have them: the number of
 *     the commit from which on they count again
 */
public record TableState(
    TableShape shape,
    Optional<ChangeSet> base,
    List<ChangeSet> changes,
    long nextKey,
    long rows,
    Map<String, Long> since)
    implements Table {
  /** No commit has this number, so a column that was dropped counts in none. */
  private static final long DROPPED = Long.MAX_VALUE;

  public TableState {
    changes = List.copyOf(changes);
    since = since == null ? Map.of() : Map.copyOf(since);
  }

  static TableState empty(TableShape shape) {
    return new TableState(shape, Optional.empty(), List.of(), 1, 0, Map.of());
  }

  /** Base and changes that have files, in order. */
  @JsonIgnore
  public List<ChangeSet> sets() {
    List<ChangeSet> sets = new ArrayList<>(base.stream().toList());
    sets.addAll(changes);
    sets.removeIf(ChangeSet::isEmpty);
    return sets;
  }

  /** Whether its files can be merged as they are read. */
  @JsonIgnore
  public boolean sorted() {
    return sets().stream().allMatch(ChangeSet::sorted);
  }

  /** With more rows of the commit that is being made: one set of changes a commit. */
  TableState plus(ChangeSet more, long addedRows, long next) {
    if (more.isEmpty()) {
      return new TableState(shape, base, changes, next, rows + addedRows, since);
    }
    if (sets().isEmpty() && more.deletes() == 0) { // what a table begins with is its base
      ChangeSet first = new ChangeSet(0, more.files(), more.upserts(), 0, more.sorted());
      return new TableState(shape, Optional.of(first), List.of(), next, rows + addedRows, since);
    }
    List<ChangeSet> all = new ArrayList<>(changes);
    int last = all.size() - 1;
    if (last >= 0 && all.get(last).commit() == more.commit()) {
      all.set(last, joined(all.get(last), more));
    } else {
      all.add(more);
    }
    return new TableState(shape, base, all, next, rows + addedRows, since);
  }

  /** With other columns, from a commit on. */
  TableState as(TableShape wanted, long commit) {
    Map<String, Long> from = new HashMap<>(since);
    for (String name : shape.names()) {
      if (!wanted.names().contains(name)) {
        from.put(name, DROPPED);
      }
    }
    for (String name : wanted.names()) {
      if (!shape.names().contains(name)) {
        from.computeIfPresent(name, (key, dropped) -> commit);
      }
    }
    return new TableState(wanted, base, changes, nextKey, rows, sets().isEmpty() ? Map.of() : from);
  }

  /** Whether a column came back, so that older files must not tell it. */
  @JsonIgnore
  public boolean hasReturned() {
    return shape.names().stream().anyMatch(since::containsKey);
  }

  private static ChangeSet joined(ChangeSet one, ChangeSet other) {
    List<dev.loadstar.lake.load.DataFile> files = new ArrayList<>(one.files());
    files.addAll(other.files());
    return new ChangeSet(
        one.commit(),
        files,
        one.upserts() + other.upserts(),
        one.deletes() + other.deletes(),
        one.sorted() && other.sorted());
  }

  @Override
  public String toString() {
    return "table " + shape.name();
  }
}
