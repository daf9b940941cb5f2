package dev.loadstar.warehouse.publication;

import static java.util.stream.Collectors.joining;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.type.Column;
import dev.loadstar.tables.ColumnRole;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.TableShape.Kind;
import dev.loadstar.warehouse.WarehouseDialect;
import dev.loadstar.warehouse.WarehouseTarget;
import dev.loadstar.warehouse.staging.StagedTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Applies stages to {@code dw} inside the caller's transaction, in an order that breaks no FOREIGN
 * KEY and no UNIQUE on the way: facts that go or change their grain leave first, then dimensions
 * are updated and filled, then facts, and dimension rows that go leave last.
 */
final class StarMerge {
  /** What happened to one table's staged rows. */
  private static final class Counts {
    long snapshotDeletes;
    long deleted;
    long updated;
    long inserted;
  }

  private final WarehouseTarget target;
  private final WarehouseDialect dialect;
  private final Statement statement;
  private final Map<String, Counts> counts = new LinkedHashMap<>();

  StarMerge(WarehouseTarget target, WarehouseDialect dialect, Statement statement) {
    this.target = target;
    this.dialect = dialect;
    this.statement = statement;
  }

  List<HopBalance> apply(Connection connection, List<StagedTable> staged) throws SQLException {
    if (connection.getAutoCommit()) {
      throw new IllegalStateException("a star is merged in one transaction");
    }
    List<StagedTable> facts = of(staged, Kind.FACT);
    List<StagedTable> dimensions = of(staged, Kind.DIMENSION);
    for (StagedTable table : staged) {
      counts.put(table.shape().name(), new Counts());
      if (table.snapshot()) {
        counts(table).snapshotDeletes = run(markMissing(table));
      }
    }
    for (StagedTable fact : facts) {
      counts(fact).deleted = run(delete(fact));
      List<Column> grain = columns(fact.shape(), List.of(ColumnRole.GRAIN));
      if (!grain.isEmpty()) {
        // inserted again below, and counted there
        run(dialect.deleteMoved(dw(fact), stg(fact), fact.shape().key(), grain));
      }
    }
    for (StagedTable dimension : dimensions) {
      List<Column> validFrom = columns(dimension.shape(), List.of(ColumnRole.VALID_FROM));
      if (!validFrom.isEmpty() && dimension.shape().key().size() == 1) {
        String key = dimension.shape().key().get(0);
        List<Column> unique =
            columns(dimension.shape(), List.of(ColumnRole.NATURAL_KEY, ColumnRole.VALID_FROM));
        run(dialect.park(dw(dimension), stg(dimension), key, validFrom.get(0).name(), unique));
      }
      upsert(dimension);
    }
    for (StagedTable fact : facts) {
      upsert(fact);
    }
    for (StagedTable dimension : dimensions) {
      counts(dimension).deleted = run(delete(dimension));
    }
    return staged.stream().map(this::balance).toList();
  }

  private void upsert(StagedTable table) throws SQLException {
    List<Column> others =
        table.shape().publishedColumns().stream()
            .filter(column -> !table.shape().key().contains(column.name()))
            .map(column -> new Column(column.name(), column.type()))
            .toList();
    if (!others.isEmpty()) {
      counts(table).updated =
          run(dialect.update(dw(table), stg(table), table.shape().key(), others));
    }
    counts(table).inserted = run(insert(table));
  }

  private String delete(StagedTable table) {
    return dialect.deleteMarked(dw(table), stg(table), table.shape().key());
  }

  /** {@code INSERT ... SELECT} of staged rows that are not there. */
  private String insert(StagedTable table) {
    List<String> columns =
        table.shape().publishedColumns().stream().map(TableColumn::name).toList();
    return "INSERT INTO %s (%s) SELECT %s FROM %s s WHERE s.%s = 'U' AND NOT EXISTS (SELECT 1 FROM %s t WHERE %s)"
        .formatted(
            dw(table),
            names("", columns),
            names("s.", columns),
            stg(table),
            mark(),
            dw(table),
            sameKey(table.shape()));
  }

  /** A snapshot says what is there: everything else is staged as a delete. */
  private String markMissing(StagedTable table) {
    List<String> key = table.shape().key();
    return "INSERT INTO %s (%s, %s) SELECT %s, 'D' FROM %s t WHERE NOT EXISTS (SELECT 1 FROM %s s WHERE %s)"
        .formatted(
            stg(table),
            names("", key),
            mark(),
            names("t.", key),
            dw(table),
            stg(table),
            sameKey(table.shape()));
  }

  private String sameKey(TableShape shape) {
    return shape.key().stream()
        .map(this::quote)
        .map(key -> "t." + key + " = s." + key)
        .collect(joining(" AND "));
  }

  private String names(String prefix, List<String> names) {
    return names.stream().map(name -> prefix + quote(name)).collect(joining(", "));
  }

  private String mark() {
    return quote("_mark");
  }

  private String quote(String name) {
    return target.database().engine().quote(name);
  }

  private HopBalance balance(StagedTable table) {
    Counts c = counts(table);
    long read = table.rows() + c.snapshotDeletes;
    long passed = c.deleted + c.updated + c.inserted;
    long unchanged = read - passed;
    RowBalance rows = new RowBalance(read, 0, passed, unchanged, 0, 0, 0, 0);
    if (unchanged < 0) {
      throw new IllegalStateException("more rows changed than were staged: " + rows);
    }
    return new HopBalance(
        "load", table.shape().name(), rows.require("load of " + table.shape().name()));
  }

  private long run(String sql) throws SQLException {
    return statement.executeLargeUpdate(sql);
  }

  private Counts counts(StagedTable table) {
    return counts.get(table.shape().name());
  }

  private String dw(StagedTable table) {
    return target.dw(table.shape().name());
  }

  private String stg(StagedTable table) {
    return target.stg(table.shape().name());
  }

  private static List<StagedTable> of(List<StagedTable> staged, Kind kind) {
    return staged.stream().filter(table -> table.shape().kind() == kind).toList();
  }

  private static List<Column> columns(TableShape shape, List<ColumnRole> roles) {
    return shape.publishedColumns().stream()
        .filter((TableColumn column) -> roles.contains(column.role()))
        .map(column -> new Column(column.name(), column.type()))
        .toList();
  }
}
