package dev.loadstar.tables.stored;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.load.DataFile;
import dev.loadstar.lake.parquet.RowFilter;
import dev.loadstar.tables.KeyOrder;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Change sets as one sequence of rows: the wanted columns first, then those of the key that were
 * not wanted. Serializable, so that a part of it can be read anywhere.
 *
 * @param wanted columns in order
 * @param key the table's primary key with its types
 * @param since see {@link TableState#since()}
 */
public record MergedTable(
    String table,
    List<ChangeSet> sets,
    List<Column> wanted,
    List<Column> key,
    Map<String, Long> since)
    implements Serializable {
  /** No file has such a column, so it is null. */
  private static final String NONE = "_none";

  private static final Column OP = new Column(ChangeSet.OP, Simple.TEXT);

  public MergedTable {
    sets = List.copyOf(sets);
    wanted = List.copyOf(wanted);
    key = List.copyOf(key);
    since = new HashMap<>(since); // serializable, which Map.of() is not everywhere
  }

  /** The columns of a row. */
  public List<Column> columns() {
    List<Column> columns = new ArrayList<>(wanted);
    key.stream().filter(c -> position(c.name()) < 0).forEach(columns::add);
    return columns;
  }

  /** The key with the types that it is read by: those wanted, else the table's own. */
  List<Column> keyAsRead() {
    return key.stream()
        .map(c -> position(c.name()) < 0 ? c : wanted.get(position(c.name())))
        .toList();
  }

  private int position(String name) {
    return wanted.stream().map(Column::name).toList().indexOf(name);
  }

  public KeyOrder order() {
    return new KeyOrder(columns(), key.stream().map(Column::name).toList());
  }

  /**
   * The newest row of every key, deletions among them.
   *
   * @param filter on a column of the key, for changes and base alike; a hint
   * @throws LoadException {@code STORE_UNSUITABLE} for files of an older format, which are not
   *     sorted
   */
  public RowSequence open(RowFiles files, Optional<RowFilter> filter) {
    if (!sets.stream().allMatch(ChangeSet::sorted)) {
      throw new LoadException(
          ErrorCode.STORE_UNSUITABLE,
          "Cannot read %s: its files are of format 1, expected format 2. Run \"loadstar build\", which converts them."
              .formatted(table));
    }
    List<Column> columns = columns();
    columns.add(OP);
    KeyOrder order = order();
    List<SortedRun> runs = new ArrayList<>();
    try {
      for (ChangeSet set : sets) {
        for (DataFile file : set.files()) {
          runs.add(
              new SortedRun(
                  file,
                  files.read(file, inside(set, columns), filter),
                  order,
                  set.commit(),
                  columns.size() - 1,
                  filter.isEmpty()));
        }
      }
      return new NewestRows(new MergedRuns(runs, order), order);
    } catch (RuntimeException e) {
      runs.forEach(SortedRun::close);
      throw e;
    }
  }

  /** The columns by the names that a set's files have for them, or none. */
  List<Column> inside(ChangeSet set, List<Column> columns) {
    return columns.stream()
        .map(c -> since.getOrDefault(c.name(), 0L) > set.commit() ? new Column(NONE, c.type()) : c)
        .toList();
  }

  /**
   * Values of the first key column that cut the table into about so many parts of like size.
   *
   * @return fewer where its files do not tell
   */
  public List<Object> cuts(RowFiles files, int parts) {
    Column first = key.get(0);
    List<Object> starts = new ArrayList<>();
    for (ChangeSet set : sets) {
      set.files().forEach(file -> starts.addAll(files.pageStarts(file, first)));
    }
    starts.sort((a, b) -> KeyOrder.compare(a, b, first.type()));
    List<Object> cuts = new ArrayList<>();
    for (int i = 1; i < parts; i++) {
      int at = (int) ((long) i * starts.size() / parts);
      boolean isNew =
          at > 0
              && (cuts.isEmpty()
                  || KeyOrder.compare(cuts.get(cuts.size() - 1), starts.get(at), first.type()) < 0);
      if (isNew && KeyOrder.compare(starts.get(0), starts.get(at), first.type()) < 0) {
        cuts.add(starts.get(at));
      }
    }
    return cuts;
  }
}
