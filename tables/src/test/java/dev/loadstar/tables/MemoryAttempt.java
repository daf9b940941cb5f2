package dev.loadstar.tables;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Extent;
import dev.loadstar.core.type.ExtentMeter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** The next commit of {@link MemoryTables}. */
final class MemoryAttempt implements Attempt {
  private final MemoryTables tables;
  private final Optional<Commit> parent;

  private final Map<String, Map<String, Extent>> extents = new HashMap<>();

  MemoryAttempt(MemoryTables tables, Optional<Commit> parent) {
    this.tables = tables;
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

  private void measure(TableShape shape, List<Object[]> rows) {
    Map<String, Extent> known = extents.computeIfAbsent(shape.name(), table -> new HashMap<>());
    for (int i = 0; i < shape.columns().size(); i++) {
      ExtentMeter meter = new ExtentMeter(shape.columns().get(i).type());
      for (Object[] row : rows) {
        meter.add(row[i]);
      }
      known.merge(shape.columns().get(i).name(), meter.extent(), Extent::and);
    }
  }

  @Override
  public Table reshaped(Table table, TableShape shape) {
    return ((MemoryTable) table).as(shape);
  }

  @Override
  public TableWriter write(Optional<Table> prior, TableShape shape) {
    MemoryTable before =
        prior.map(table -> ((MemoryTable) table).as(shape)).orElse(MemoryTable.empty(shape));
    return new Writer(shape, before);
  }

  @Override
  public Commit commit(CommitNote note, Map<String, Table> content) {
    return tables.claim(number(), parent.map(Commit::number), note, content);
  }

  /** Keeps rows until it finishes. */
  private final class Writer implements TableWriter {
    private final TableShape shape;
    private final MemoryTable before;
    private final KeyOrder order;
    private final List<Object[]> puts = new ArrayList<>();
    private final List<Object[]> deletes = new ArrayList<>();
    private Object[] last;

    Writer(TableShape shape, MemoryTable before) {
      this.shape = shape;
      this.before = before;
      this.order = new KeyOrder(shape.plainColumns(), shape.key());
    }

    @Override
    public void put(Object[] row) {
      inOrder(row);
      puts.add(row.clone());
    }

    @Override
    public void delete(Object[] row) {
      inOrder(row);
      deletes.add(row.clone());
    }

    private void inOrder(Object[] row) {
      if (last != null && order.compare(last, row) >= 0) {
        throw new LoadException(ErrorCode.INTERNAL, "Cannot write: rows out of order.");
      }
      last = row.clone();
    }

    @Override
    public Table finish(long addedRows, long nextKey) {
      NavigableMap<Object[], Object[]> rows = MemoryTable.byKey(shape);
      rows.putAll(before.content());
      deletes.forEach(row -> rows.remove(order.keyOf(row)));
      for (Object[] row : puts) {
        rows.remove(order.keyOf(row)); // a key may be written otherwise, as both zeros are
        rows.put(order.keyOf(row), row);
      }
      measure(shape, puts);
      return new MemoryTable(shape, rows, nextKey);
    }

    @Override
    public void close() {}
  }
}
