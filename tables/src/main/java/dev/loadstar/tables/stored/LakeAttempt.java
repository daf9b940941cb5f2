package dev.loadstar.tables.stored;

import dev.loadstar.core.type.Extent;
import dev.loadstar.lake.Lake;
import dev.loadstar.tables.Attempt;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.CommitNote;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.TableWriter;
import dev.loadstar.tables.Widening;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The next commit of a lake in the making. Thread safe. */
public final class LakeAttempt implements Attempt {
  private final Lake lake;
  private final CommitLog log;
  private final Optional<Commit> parent;
  private final Map<String, RowDigest.Sum> written = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Extent>> extents = new ConcurrentHashMap<>();

  LakeAttempt(Lake lake, CommitLog log, Optional<Commit> parent) {
    this.lake = lake;
    this.log = log;
    this.parent = parent;
  }

  @Override
  public long number() {
    return parent.map(Commit::number).orElse(0L) + 1;
  }

  @Override
  public Map<String, Map<String, Extent>> extents() {
    return Map.copyOf(extents);
  }

  @Override
  public Table reshaped(Table table, TableShape shape) {
    TableState state = (TableState) table;
    if (!fits(table, shape)) {
      throw new IllegalArgumentException("the types of " + table.name() + " do not widen");
    }
    return state.as(shape, number());
  }

  /** Whether its files are in the form in which tables are written now. */
  public static boolean isCurrent(Table table) {
    return ((TableState) table).sorted();
  }

  /** Whether {@link #reshaped} accepts it; else its rows must be written anew. */
  public static boolean fits(Table table, TableShape shape) {
    return table.shape().key().equals(shape.key())
        && ((TableState) table).sorted()
        && table.shape().columns().stream()
            .allMatch(
                (TableColumn old) ->
                    shape
                        .column(old.name())
                        .map(now -> Widening.fits(old.type(), now.type()))
                        .orElse(true));
  }

  /** The start of file names of a table that nothing else ever uses. */
  public String newPrefix(String table) {
    return "curated/%s/%s/part".formatted(table, lake.newAttempt());
  }

  /** A table with changes that were written. */
  public Table plus(
      Optional<Table> prior, TableShape shape, WrittenRun run, long addedRows, long nextKey) {
    TableState before =
        prior.map(table -> (TableState) reshaped(table, shape)).orElse(TableState.empty(shape));
    note(shape.name(), run);
    return before.plus(run.asSet(number()), addedRows, nextKey);
  }

  /** A table that begins anew with these rows, which are all of them. */
  public Table anew(TableShape shape, WrittenRun run, long nextKey) {
    if (run.deletes() > 0) {
      throw new IllegalArgumentException("a base has no deletes");
    }
    note(shape.name(), run);
    return new TableState(
        shape, Optional.of(run.asSet(0)), List.of(), nextKey, run.upserts(), Map.of());
  }

  private void note(String table, WrittenRun run) {
    written.merge(table, run.digest(), RowDigest.Sum::plus);
    extents.merge(
        table,
        run.extents(),
        (one, other) -> {
          Map<String, Extent> both = new HashMap<>(one);
          other.forEach((column, extent) -> both.merge(column, extent, Extent::and));
          return both;
        });
  }

  @Override
  public TableWriter write(Optional<Table> prior, TableShape shape) {
    RunWriter writer =
        new RunWriter(
            new RowFiles(lake.files()),
            newPrefix(shape.name()),
            shape.plainColumns(),
            shape.columns().size(),
            shape.key(),
            number());
    return new TableWriter() {
      @Override
      public void put(Object[] row) {
        writer.write(row, false);
      }

      @Override
      public void delete(Object[] row) {
        writer.write(row, true);
      }

      @Override
      public Table finish(long addedRows, long nextKey) {
        return plus(prior, shape, writer.finish(), addedRows, nextKey);
      }

      @Override
      public void close() {
        writer.close();
      }
    };
  }

  @Override
  public Commit commit(CommitNote note, Map<String, Table> tables) {
    String identity = Identity.after(lake.id(), parent, tables, written);
    return log.claim(
        CommitObject.of(lake.id(), number(), identity, parent.map(Commit::number), note, tables));
  }
}
