package dev.loadstar.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a story does to one table in one commit, in the order of its key. */
final class Batch {
  /** A row that is put or goes. */
  record Entry(Object[] row, boolean goes) {}

  final TableShape shape;
  final List<Entry> entries = new ArrayList<>();
  private Optional<Long> nextKey = Optional.empty();
  private boolean anew;

  private Batch(TableShape shape) {
    this.shape = shape;
  }

  static Batch of(TableShape shape) {
    return new Batch(shape);
  }

  Batch put(Object... row) {
    entries.add(new Entry(row, false));
    return this;
  }

  /**
   * @param key values of the key's columns
   */
  Batch delete(Object... key) {
    Object[] row = new Object[shape.columns().size()];
    for (int i = 0; i < key.length; i++) {
      row[shape.names().indexOf(shape.key().get(i))] = key[i];
    }
    entries.add(new Entry(row, true));
    return this;
  }

  Batch nextKey(long next) {
    nextKey = Optional.of(next);
    return this;
  }

  /** The table begins with these rows, whatever it was before. */
  Batch anew() {
    anew = true;
    return this;
  }

  /** Writes it as a part of an attempt. */
  Table write(Tables tables, Attempt attempt, Optional<Table> before) {
    Optional<Table> prior = before.filter(table -> !anew);
    long added = 0;
    try (TableWriter writer = attempt.write(prior, shape)) {
      List<Object[]> live = prior.map(table -> liveKeys(tables, table)).orElse(List.of());
      TableStory.Keys known = new TableStory.Keys(shape, live);
      for (Entry entry : entries) {
        boolean has = known.contains(entry.row());
        added += entry.goes() ? (has ? -1 : 0) : (has ? 0 : 1);
        if (entry.goes()) {
          writer.delete(entry.row());
        } else {
          writer.put(entry.row());
        }
      }
      return writer.finish(added, nextKey.orElse(prior.map(Table::nextKey).orElse(1L)));
    }
  }

  private List<Object[]> liveKeys(Tables tables, Table table) {
    return TableStory.rows(tables.read(table, keyColumns()), shape.key().size());
  }

  private List<dev.loadstar.core.type.Column> keyColumns() {
    return shape.key().stream().map(name -> shape.column(name).orElseThrow().plain()).toList();
  }
}
