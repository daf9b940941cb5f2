package dev.loadstar.tables.stored;

import dev.loadstar.core.row.RowSize;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.load.DataFile;
import dev.loadstar.lake.parquet.RowFilter;
import dev.loadstar.lake.parquet.RowKeys;
import dev.loadstar.lake.parquet.RowSearch;
import dev.loadstar.tables.KeyOrder;
import dev.loadstar.tables.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds few rows of a table by what stands in some of its columns, in the JVM that asks: what is
 * read grows with them and not with the table, where files are sorted by such columns or nearly so.
 * Thread safe.
 *
 * @param rows how many may be found
 * @param bytes the same of what they take
 */
public record TableSearch(RowFiles files, long rows, long bytes) {
  /** What is looked for in a file; answers whether it was to its end. */
  @FunctionalInterface
  private interface Look {
    boolean at(RowSearch file, Predicate<Object[]> take);
  }

  /** A row of a change set. */
  private record Found(Object[] row, long commit) {}

  /** Whether rows of a table that are live can be found so. */
  public static boolean knows(Table table) {
    TableState state = (TableState) table;
    return state.sorted() && !state.hasReturned();
  }

  /**
   * Live rows by columns that never change for a primary key.
   *
   * @return their columns in the order of the shape; empty when they are more than may be
   */
  public Optional<List<Object[]>> live(Table table, RowKeys keys) {
    TableState state = (TableState) table;
    MergedTable merged = LakeTables.merged(table, state.sets(), table.shape().plainColumns());
    List<Column> columns = merged.columns();
    columns.add(new Column(ChangeSet.OP, Simple.TEXT));
    int op = columns.size() - 1;
    Optional<List<Found>> found =
        search(state.sets(), set -> merged.inside(set, columns), look(keys));
    return found.map(
        all -> {
          KeyOrder order = merged.order();
          Comparator<Found> byKey = (a, b) -> order.compare(a.row(), b.row());
          all.sort(byKey.thenComparing(Comparator.comparingLong(Found::commit).reversed()));
          List<Object[]> live = new ArrayList<>(all.size());
          try (LiveRows rows = new LiveRows(new NewestRows(sequence(all.iterator(), op), order))) {
            for (Object[] row = rows.next(); row != null; row = rows.next()) {
              live.add(row);
            }
          }
          return live;
        });
  }

  /** Rows of all files, overtaken ones and those that went among them. */
  public Optional<List<Object[]>> everSaid(Table table, RowKeys keys) {
    return everSaid(table, look(keys));
  }

  /** The same of rows with a value of a column between bounds. */
  public Optional<List<Object[]>> everSaid(Table table, RowFilter.Between span) {
    return everSaid(table, (file, take) -> file.find(span, rows, take));
  }

  private Optional<List<Object[]>> everSaid(Table table, Look look) {
    TableState state = (TableState) table;
    List<Column> columns = table.shape().plainColumns();
    MergedTable merged = LakeTables.merged(table, state.sets(), columns);
    return search(state.sets(), set -> merged.inside(set, columns), look)
        .map(all -> all.stream().map(Found::row).toList());
  }

  private Look look(RowKeys keys) {
    return (file, take) -> file.find(keys, rows, take);
  }

  private Optional<List<Found>> search(
      List<ChangeSet> sets, Function<ChangeSet, List<Column>> as, Look look) {
    AtomicLong count = new AtomicLong();
    AtomicLong size = new AtomicLong();
    List<Found> every =
        new ArrayList<>(
            sets.stream()
                .flatMap(set -> set.files().stream().map(file -> new Part(set, file)))
                .toList()
                .parallelStream()
                .flatMap(
                    part -> {
                      List<Found> found = new ArrayList<>();
                      boolean all =
                          count.get() <= rows
                              && size.get() <= bytes
                              && look.at(
                                  files.search(part.file(), as.apply(part.set())),
                                  row -> {
                                    found.add(new Found(row, part.set().commit()));
                                    return count.incrementAndGet() <= rows
                                        && size.addAndGet(RowSize.of(row)) <= bytes;
                                  });
                      if (!all) {
                        count.addAndGet(rows + 1);
                      }
                      return found.stream();
                    })
                .toList());
    return count.get() <= rows && size.get() <= bytes ? Optional.of(every) : Optional.empty();
  }

  private record Part(ChangeSet set, DataFile file) {}

  private static RowSequence sequence(Iterator<Found> rows, int op) {
    return new RowSequence() {
      private boolean deleted;

      @Override
      public Object[] next() {
        if (!rows.hasNext()) {
          return null;
        }
        Object[] row = rows.next().row();
        deleted = ChangeSet.DELETE.equals(row[op]);
        return row;
      }

      @Override
      public boolean deleted() {
        return deleted;
      }

      @Override
      public void close() {}
    };
  }
}
