package dev.loadstar.tables.stored;

import dev.loadstar.core.crash.CrashPoint;
import dev.loadstar.core.type.Column;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.file.StoredFile;
import dev.loadstar.lake.load.DataFile;
import dev.loadstar.lake.parquet.RowFilter;
import dev.loadstar.lake.parquet.RowReader;
import dev.loadstar.tables.Changes;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.Expiry;
import dev.loadstar.tables.KeyOrder;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.Tables;
import dev.loadstar.tables.Widening;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables in the files of a lake. */
public final class LakeTables implements Tables {
  private final Lake lake;
  private final CommitLog log;
  private final RowFiles files;

  private LakeTables(Lake lake) {
    this.lake = lake;
    this.log = new CommitLog(lake.files());
    this.files = new RowFiles(lake.files());
  }

  public static LakeTables of(Lake lake) {
    return new LakeTables(lake);
  }

  @Override
  public String lakeId() {
    return lake.id();
  }

  public Lake lake() {
    return lake;
  }

  @Override
  public Optional<Commit> head() {
    return log.head();
  }

  @Override
  public Optional<Commit> find(long number) {
    return log.find(number);
  }

  @Override
  public LakeAttempt begin(Optional<Commit> parent) {
    return new LakeAttempt(lake, log, parent);
  }

  /** A table's change sets, to be merged. */
  public static MergedTable merged(Table table, List<ChangeSet> sets, List<Column> columns) {
    return new MergedTable(table.name(), sets, columns, key(table), ((TableState) table).since());
  }

  private static List<Column> key(Table table) {
    TableShape shape = table.shape();
    return shape.key().stream().map(name -> shape.column(name).orElseThrow().plain()).toList();
  }

  private static MergedTable merged(Table table, List<Column> columns) {
    return merged(table, ((TableState) table).sets(), columns);
  }

  @Override
  public RowReader read(Table table, List<Column> columns) {
    return new LiveRows(merged(table, columns).open(files, Optional.empty()));
  }

  @Override
  public RowReader read(Table table, List<Column> columns, List<Object[]> keys) {
    MergedTable merged = merged(table, columns);
    List<Column> key = merged.keyAsRead();
    List<Object[]> sorted = new ArrayList<>();
    keys.forEach(values -> sorted.add(widened(values, key)));
    sorted.sort(new KeyOrder(key, table.shape().key()));
    Set<Object> first = sorted.stream().map(k -> k[0]).collect(Collectors.toSet());
    Optional<RowFilter> filter =
        first.contains(null) // which no filter finds
            ? Optional.empty()
            : Optional.of(new RowFilter.Among(key.get(0), first));
    return new RowsOfKeys(new LiveRows(merged.open(files, filter)), merged.order(), sorted);
  }

  private static Object[] widened(Object[] values, List<Column> columns) {
    Object[] wide = new Object[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = Widening.widened(values[i], columns.get(i).type());
    }
    return wide;
  }

  @Override
  public Changes changes(Optional<Commit> from, Commit to, String table, List<Column> columns) {
    Table now = to.table(table);
    Optional<Commit> known = from.filter(this::isOurs).map(commit -> sameRows(commit, to));
    Optional<Table> before = known.map(commit -> commit.tables().get(table));
    if (before.isPresent() && before.get().shape().key().equals(now.shape().key())) {
      TableState old = (TableState) before.get();
      TableState state = (TableState) now;
      List<ChangeSet> later = new ArrayList<>(state.sets());
      later.removeAll(old.sets());
      if (state.sets().containsAll(old.sets()) && countAlike(old, state, columns)) {
        return new MergedChanges(merged(now, later, columns).open(files, Optional.empty()), false);
      }
      if (known.get().number() >= log.readableFrom()
          && old.sorted()
          && widens(old, columns, key(now))) {
        MergedTable after = merged(now, columns);
        // Both by the key as it is now, which may be wider.
        MergedTable earlier = new MergedTable(table, old.sets(), columns, after.key(), old.since());
        return new Difference(
            new LiveRows(earlier.open(files, Optional.empty())),
            new LiveRows(after.open(files, Optional.empty())),
            after.order(),
            columns.size());
      }
    }
    return new MergedChanges(merged(now, columns).open(files, Optional.empty()), true);
  }

  /** Whether a commit is of this history, not of one that was lost under the same numbers. */
  private boolean isOurs(Commit commit) {
    return find(commit.number()).map(Commit::identity).equals(Optional.of(commit.identity()));
  }

  /** The latest commit up to another that holds the same rows, in fewer files perhaps. */
  private Commit sameRows(Commit commit, Commit upTo) {
    Commit latest = commit;
    for (long number = commit.number() + 1; number <= upTo.number(); number++) {
      Optional<Commit> next = log.find(number);
      if (next.isEmpty() || !next.get().identity().equals(commit.identity())) {
        break;
      }
      latest = next.get();
    }
    return latest;
  }

  /** Whether the same files say the same to both. */
  private static boolean countAlike(TableState old, TableState now, List<Column> columns) {
    return columns.stream()
        .map(Column::name)
        .allMatch(name -> Objects.equals(old.since().get(name), now.since().get(name)));
  }

  /** Whether a table's own types can be read as those wanted now. */
  private static boolean widens(Table old, List<Column> columns, List<Column> key) {
    return Stream.concat(columns.stream(), key.stream())
        .allMatch(
            column ->
                old.shape()
                    .column(column.name())
                    .map(c -> Widening.fits(c.type(), column.type()))
                    .orElse(true));
  }

  @Override
  public Optional<Commit> compact(String runId, Instant now) {
    Optional<Commit> head = head();
    if (head.isEmpty()) {
      return Optional.empty();
    }
    LakeAttempt attempt = begin(head);
    Compaction compaction = new Compaction(files, attempt);
    Map<String, Table> tables = new HashMap<>();
    boolean changed = false;
    for (Table table : head.get().tables().values()) {
      Optional<Table> compacted = compaction.of((TableState) table);
      changed |= compacted.isPresent();
      tables.put(table.name(), compacted.orElse(table));
    }
    return changed
        ? Optional.of(Rollback.again(lake, log, head.get(), head.get(), tables, runId, now))
        : Optional.empty();
  }

  @Override
  public Commit rollBack(long number, String runId, Instant now) {
    return new Rollback(lake, log).to(number, runId, now);
  }

  @Override
  public Expiry expire(long below, boolean dryRun) {
    Optional<Commit> head = head();
    long from = log.readableFrom();
    long last = Math.max(from, Math.min(below, head.map(Commit::number).orElse(1L)));
    Set<String> gone = new HashSet<>();
    for (long number = log.emptiedBelow(); number < last; number++) {
      filesOf(log.get(number)).forEach(file -> gone.add(file.path()));
    }
    for (long number = last; number <= head.map(Commit::number).orElse(0L); number++) {
      filesOf(log.get(number)).forEach(file -> gone.remove(file.path()));
    }
    // An earlier expiry may have been cut short, so what is there counts.
    List<StoredFile> found =
        gone.isEmpty()
            ? List.of()
            : lake.files().walk("curated").stream()
                .filter(file -> gone.contains(file.path()))
                .toList();
    if (!dryRun && last > from) {
      log.expireBelow(last); // first, so that nobody reads what is about to go
      CrashPoint.EXPIRY_CLAIMED.reached();
    }
    if (!dryRun && last > log.emptiedBelow()) {
      found.forEach(file -> lake.files().delete(file.path()));
      log.emptied(last);
    }
    long bytes = found.stream().mapToLong(StoredFile::bytes).sum();
    return new Expiry(last - from, found.size(), bytes);
  }

  /** Data files that no commit ever named and that nobody has touched since. */
  public List<StoredFile> orphans(Instant since) {
    List<StoredFile> there = lake.files().walk("curated");
    Set<String> named = new HashSet<>();
    for (long number = 1; number <= head().map(Commit::number).orElse(0L); number++) {
      filesOf(log.get(number)).forEach(file -> named.add(file.path()));
    }
    return there.stream()
        .filter(file -> file.path().endsWith(".parquet") && file.modified().isBefore(since))
        .filter(file -> !named.contains(file.path()))
        .toList();
  }

  private static List<DataFile> filesOf(Commit commit) {
    return commit.tables().values().stream()
        .flatMap(table -> ((TableState) table).sets().stream())
        .flatMap(set -> set.files().stream())
        .toList();
  }

  @Override
  public String toString() {
    return "tables of " + lake;
  }
}
