package dev.loadstar.tables.stored;

import dev.loadstar.core.type.Column;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the number of change sets and their share small: of eight one is made, and once they hold a
 * fifth of the base's rows they go into it. Reads and writes in the order of the key, so memory
 * does not grow with the table.
 */
final class Compaction {
  private static final int MANY_SETS = 8;
  private static final int SHARE_OF_BASE = 5;

  private final RowFiles files;
  private final LakeAttempt attempt;

  Compaction(RowFiles files, LakeAttempt attempt) {
    this.files = files;
    this.attempt = attempt;
  }

  /** The same rows in fewer files; empty when there is nothing to gain. */
  Optional<Table> of(TableState table) {
    List<ChangeSet> changes = table.changes().stream().filter(set -> !set.isEmpty()).toList();
    long changed = changes.stream().mapToLong(ChangeSet::rows).sum();
    long base = table.base().map(ChangeSet::rows).orElse(0L);
    if (changes.isEmpty() || !table.sorted()) {
      return Optional.empty();
    }
    if (base == 0 ? changes.size() > 1 : changed * SHARE_OF_BASE >= base) {
      return Optional.of(folded(table));
    }
    return changes.size() >= MANY_SETS ? Optional.of(joined(table, changes)) : Optional.empty();
  }

  private Table folded(TableState table) {
    WrittenRun run = written(table, table.sets(), 0, true);
    return new TableState(
        table.shape(),
        Optional.of(run.asSet(0)),
        List.of(),
        table.nextKey(),
        run.upserts(),
        Map.of());
  }

  private Table joined(TableState table, List<ChangeSet> changes) {
    long last = changes.get(changes.size() - 1).commit();
    WrittenRun run = written(table, changes, last, false);
    return new TableState(
        table.shape(),
        table.base(),
        List.of(run.asSet(last)),
        table.nextKey(),
        table.rows(),
        table.since());
  }

  private WrittenRun written(TableState table, List<ChangeSet> sets, long order, boolean onlyLive) {
    TableShape shape = table.shape();
    List<Column> columns = shape.plainColumns();
    try (RowSequence rows = LakeTables.merged(table, sets, columns).open(files, Optional.empty());
        RunWriter writer =
            new RunWriter(
                files,
                attempt.newPrefix(shape.name()),
                columns,
                columns.size(),
                shape.key(),
                order)) {
      for (Object[] row = rows.next(); row != null; row = rows.next()) {
        if (!onlyLive || !rows.deleted()) {
          writer.write(row, rows.deleted());
        }
      }
      return writer.finish();
    }
  }
}
