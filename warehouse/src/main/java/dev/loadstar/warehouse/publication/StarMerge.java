package dev.loadstar.warehouse.publication;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.conf.ParamType;
import org.jooq.impl.DSL;

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

  List<HopBalance> apply(Connection connection, DSLContext sql, List<StagedTable> staged)
      throws SQLException {
    if (connection.getAutoCommit()) {
      throw new IllegalStateException("a star is merged in one transaction");
    }
    List<StagedTable> facts = of(staged, Kind.FACT);
    List<StagedTable> dimensions = of(staged, Kind.DIMENSION);
    for (StagedTable table : staged) {
      counts.put(table.shape().name(), new Counts());
      if (table.snapshot()) {
        counts(table).snapshotDeletes = run(markMissing(sql, table));
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
      upsert(sql, dimension);
    }
    for (StagedTable fact : facts) {
      upsert(sql, fact);
    }
    for (StagedTable dimension : dimensions) {
      counts(dimension).deleted = run(delete(dimension));
    }
    return staged.stream().map(this::balance).toList();
  }

  private void upsert(DSLContext sql, StagedTable table) throws SQLException {
    List<Column> others =
        table.shape().publishedColumns().stream()
            .filter(column -> !table.shape().key().contains(column.name()))
            .map(column -> new Column(column.name(), column.type()))
            .toList();
    if (!others.isEmpty()) {
      counts(table).updated =
          run(dialect.update(dw(table), stg(table), table.shape().key(), others));
    }
    counts(table).inserted = run(insert(sql, table));
  }

  private String delete(StagedTable table) {
    return dialect.deleteMarked(dw(table), stg(table), table.shape().key());
  }

  /** {@code INSERT ... SELECT} of staged rows that are not there. */
  private String insert(DSLContext sql, StagedTable table) {
    List<Field<Object>> columns =
        table.shape().publishedColumns().stream().map(c -> field(name(c.name()))).toList();
    List<Field<Object>> staged =
        table.shape().publishedColumns().stream().map(c -> field(name("s", c.name()))).toList();
    return sql.insertInto(table("dw", table))
        .columns(columns)
        .select(
            DSL.select(staged)
                .from(table("stg", table).as("s"))
                .where(field(name("s", "_mark"), String.class).eq("U"))
                .andNotExists(
                    DSL.selectOne().from(table("dw", table).as("t")).where(sameKey(table.shape()))))
        .getSQL(ParamType.INLINED);
  }

  /** A snapshot says what is there: everything else is staged as a delete. */
  private String markMissing(DSLContext sql, StagedTable table) {
    List<Field<Object>> columns = new ArrayList<>();
    List<Field<Object>> missing = new ArrayList<>();
    for (String key : table.shape().key()) {
      columns.add(field(name(key)));
      missing.add(field(name("t", key)));
    }
    columns.add(field(name("_mark")));
    missing.add(DSL.inline((Object) "D"));
    return sql.insertInto(table("stg", table))
        .columns(columns)
        .select(
            DSL.select(missing)
                .from(table("dw", table).as("t"))
                .whereNotExists(
                    DSL.selectOne()
                        .from(table("stg", table).as("s"))
                        .where(sameKey(table.shape()))))
        .getSQL(ParamType.INLINED);
  }

  private static Condition sameKey(TableShape shape) {
    Condition same = DSL.noCondition();
    for (String key : shape.key()) {
      same = same.and(field(name("t", key)).eq(field(name("s", key))));
    }
    return same;
  }

  private Table<?> table(String schema, StagedTable table) {
    return DSL.table(name(target.schemas().get(schema), table.shape().name()));
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
