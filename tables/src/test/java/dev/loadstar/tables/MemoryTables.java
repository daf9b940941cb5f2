package dev.loadstar.tables;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Column;
import dev.loadstar.lake.parquet.RowReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Tables as maps, without a file, to say what is meant in the fewest words. Thread safe. */
final class MemoryTables implements Tables {
  private final String lakeId;
  private final List<Commit> commits;
  private long readableFrom = 1;

  MemoryTables() {
    this(UUID.randomUUID().toString(), List.of());
  }

  private MemoryTables(String lakeId, List<Commit> commits) {
    this.lakeId = lakeId;
    this.commits = new ArrayList<>(commits);
  }

  synchronized MemoryTables copy() {
    return new MemoryTables(lakeId, commits);
  }

  @Override
  public String lakeId() {
    return lakeId;
  }

  @Override
  public synchronized Optional<Commit> head() {
    return commits.isEmpty() ? Optional.empty() : Optional.of(commits.get(commits.size() - 1));
  }

  @Override
  public synchronized Optional<Commit> find(long number) {
    return number < 1 || number > commits.size()
        ? Optional.empty()
        : Optional.of(commits.get((int) number - 1));
  }

  @Override
  public RowReader read(Table table, List<Column> columns) {
    MemoryTable rows = (MemoryTable) table;
    return reader(rows.content().values().stream().map(row -> rows.as(row, columns)).iterator());
  }

  @Override
  public RowReader read(Table table, List<Column> columns, List<Object[]> keys) {
    MemoryTable rows = (MemoryTable) table;
    TreeSet<Object[]> wanted = new TreeSet<>(rows.content().comparator());
    wanted.addAll(keys);
    return reader(
        wanted.stream()
            .map(rows.content()::get)
            .filter(row -> row != null)
            .map(row -> rows.as(row, columns))
            .iterator());
  }

  private static RowReader reader(Iterator<Object[]> rows) {
    return new RowReader() {
      @Override
      public Object[] next() {
        return rows.hasNext() ? rows.next() : null;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public synchronized Changes changes(
      Optional<Commit> from, Commit to, String table, List<Column> columns) {
    MemoryTable now = (MemoryTable) to.table(table);
    Optional<MemoryTable> before =
        from.filter(this::readable).map(c -> (MemoryTable) c.tables().get(table));
    boolean comparable =
        before.filter(b -> b.shape().key().equals(now.shape().key())).isPresent()
            && columns.stream().allMatch(column -> readable(before.get(), column));
    NavigableMap<Object[], Object[]> old = MemoryTable.byKey(now.shape());
    if (comparable) {
      MemoryTable rows = before.get();
      for (Object[] row : rows.content().values()) {
        Object[] key = rows.as(row, MemoryTable.keyColumns(now.shape()));
        old.put(key, rows.as(row, columns));
      }
    }
    TreeMap<Object[], Object[]> changed = new TreeMap<>(now.content().comparator());
    TreeMap<Object[], Boolean> gone = new TreeMap<>(now.content().comparator());
    now.content()
        .forEach(
            (key, row) -> {
              Object[] wanted = now.as(row, columns);
              Object[] prior = old.remove(key);
              if (prior == null || !Arrays.deepEquals(prior, wanted)) {
                changed.put(key, wanted);
              }
            });
    old.forEach(
        (key, row) -> {
          changed.put(key, row);
          gone.put(key, true);
        });
    return new MemoryChanges(!comparable, changed.entrySet().iterator(), gone);
  }

  private boolean readable(Commit commit) {
    return commit.number() >= readableFrom
        && find(commit.number()).filter(c -> c.identity().equals(commit.identity())).isPresent();
  }

  private static boolean readable(MemoryTable table, Column wanted) {
    return table
        .shape()
        .column(wanted.name())
        .map(column -> Widening.fits(column.type(), wanted.type()))
        .orElse(true);
  }

  @Override
  public Attempt begin(Optional<Commit> parent) {
    return new MemoryAttempt(this, parent);
  }

  synchronized Commit claim(
      long number, Optional<Long> parent, CommitNote note, Map<String, Table> tables) {
    if (number != commits.size() + 1) {
      throw new LoadException(ErrorCode.RUN_AHEAD, "Cannot commit: another run is ahead.");
    }
    Commit commit =
        new Commit(
            lakeId,
            number,
            identity(tables),
            parent,
            note.businessDate(),
            note.latestDate(),
            note.runId(),
            note.createdAt(),
            note.consumed(),
            tables,
            note.balance(),
            note.quality(),
            note.figures());
    commits.add(commit);
    return commit;
  }

  private String identity(Map<String, Table> tables) {
    StringBuilder text = new StringBuilder(lakeId);
    new TreeMap<>(tables)
        .forEach(
            (name, table) -> {
              text.append(name).append(table.shape().plainColumns());
              ((MemoryTable) table)
                  .content()
                  .values()
                  .forEach(row -> text.append(Arrays.deepToString(row)));
            });
    return UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  @Override
  public Optional<Commit> compact(String runId, Instant now) {
    return Optional.empty(); // there is no file to save
  }

  @Override
  public synchronized Commit rollBack(long number, String runId, Instant now) {
    Commit wanted =
        find(number)
            .filter(commit -> commit.number() >= readableFrom)
            .orElseThrow(() -> new LoadException(ErrorCode.NOT_FOUND, "Cannot go back."));
    Commit head = head().orElseThrow();
    Map<String, Table> tables = new HashMap<>();
    wanted
        .tables()
        .forEach(
            (name, table) -> {
              long latest =
                  Optional.ofNullable(head.tables().get(name)).map(Table::nextKey).orElse(1L);
              tables.put(
                  name,
                  new MemoryTable(
                      table.shape(),
                      ((MemoryTable) table).content(),
                      Math.max(table.nextKey(), latest)));
            });
    CommitNote note =
        new CommitNote(
            wanted.businessDate(),
            wanted.latestDate(),
            runId,
            now,
            wanted.consumed(),
            wanted.balance(),
            wanted.quality(),
            wanted.figures());
    return claim(head.number() + 1, Optional.of(head.number()), note, tables);
  }

  @Override
  public synchronized Expiry expire(long below, boolean dryRun) {
    long last = Math.min(below, commits.size());
    long given = Math.max(0, last - readableFrom);
    readableFrom = dryRun ? readableFrom : Math.max(readableFrom, last);
    return new Expiry(given, 0, 0);
  }
}
