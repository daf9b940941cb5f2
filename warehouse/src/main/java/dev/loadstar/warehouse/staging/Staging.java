package dev.loadstar.warehouse.staging;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.commit.ChangeSet;
import dev.loadstar.lake.commit.ColumnRole;
import dev.loadstar.lake.commit.TableChanges;
import dev.loadstar.lake.commit.TableColumn;
import dev.loadstar.lake.commit.TableShape;
import dev.loadstar.warehouse.WarehouseDialect;
import dev.loadstar.warehouse.WarehouseTarget;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Brings change files into {@code stg} in bulk and checks that what arrived is what was sent.
 * Starts each stage anew, so what an earlier run left behind does not matter. The caller holds the
 * loader's lock, for stages have fixed names.
 */
public final class Staging {
  /** One parses Parquet while the server works for the other; more gain nothing on one server. */
  private static final int THREADS = 2;

  private final WarehouseTarget target;
  private final WarehouseDialect dialect;

  public Staging(WarehouseTarget target, WarehouseDialect dialect) {
    this.target = target;
    this.dialect = dialect;
  }

  /**
   * Stages tables side by side.
   *
   * @throws LoadException {@code IMBALANCE} when something else arrived, or as the database fails
   */
  public List<StagedTable> stage(Lake lake, Map<TableShape, TableChanges> changes) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<StagedTable>> running = new ArrayList<>();
      changes.forEach(
          (shape, change) -> running.add(threads.submit(() -> stage(lake, shape, change))));
      List<StagedTable> staged = new ArrayList<>();
      for (Future<StagedTable> future : running) {
        staged.add(future.get());
      }
      return staged;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LoadException load) {
        throw load;
      }
      throw new LoadException(
          ErrorCode.INTERNAL,
          "Cannot stage into %s: staging broke off, expected every change file to arrive. See the"
                  .formatted(target.database())
              + " log for the place.",
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoadException(
          ErrorCode.UNREACHABLE, "Cannot stage: the run was interrupted. Run again.", e);
    } finally {
      threads.shutdownNow();
      finish(threads);
    }
  }

  /** After a failure the other table's copy must end before the caller lets go of the lock. */
  private static void finish(ExecutorService threads) {
    try {
      if (!threads.awaitTermination(10, TimeUnit.MINUTES)) {
        throw new LoadException(
            ErrorCode.UNREACHABLE,
            "Cannot stage: a copy neither ended nor failed within 10 minutes. Run again.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private StagedTable stage(Lake lake, TableShape shape, TableChanges changes) {
    String stage = target.stg(shape.name());
    List<Column> columns = columns(shape);
    List<Column> stageColumns = new ArrayList<>(columns);
    stageColumns.add(new Column(ChangeRows.OP, Simple.TEXT));
    stageColumns.add(new Column(ChangeRows.COMMIT, Simple.BIGINT));
    List<Integer> summed = summed(shape);
    try (Connection connection = entered();
        Statement statement = connection.createStatement();
        ChangeRows rows = new ChangeRows(lake, changes.sets(), columns, summed)) {
      for (String sql : dialect.createStage(stage, stageColumns)) {
        statement.execute(sql);
      }
      long loaded = target.database().engine().load(connection, stage, stageColumns, rows);
      long promised =
          changes.sets().stream().mapToLong((ChangeSet s) -> s.upserts() + s.deletes()).sum();
      requireSame(shape.name(), promised, rows.count());
      requireSame(shape.name(), rows.count(), loaded);
      requireArrived(statement, shape, stage, columns, summed, rows);
      for (String sql : dialect.prepareStage(stage, shape.key())) {
        statement.execute(sql);
      }
      long overtaken =
          changes.sets().size() < 2
              ? 0
              : statement.executeLargeUpdate(dialect.deleteOvertaken(stage, shape.key()));
      return new StagedTable(
          shape, changes instanceof TableChanges.Snapshot, rows.count(), overtaken);
    } catch (SQLException e) {
      throw target.database().failure("stage " + shape.name() + " in", e);
    }
  }

  private void requireArrived(
      Statement statement,
      TableShape shape,
      String stage,
      List<Column> columns,
      List<Integer> summed,
      ChangeRows rows)
      throws SQLException {
    StringBuilder sql = new StringBuilder("SELECT COUNT(*)");
    for (int position : summed) {
      String name = target.database().engine().quote(columns.get(position).name());
      sql.append(", COALESCE(SUM(").append(name).append("), 0)");
    }
    try (ResultSet row = statement.executeQuery(sql + " FROM " + stage)) {
      row.next();
      requireSame(shape.name(), rows.count(), row.getLong(1));
      for (int i = 0; i < summed.size(); i++) {
        if (row.getBigDecimal(i + 2).compareTo(rows.sums()[i]) != 0) {
          throw new LoadException(
              ErrorCode.IMBALANCE,
              "Cannot publish %s: the sum of %s that arrived in %s is not the one that was sent,"
                      .formatted(shape.name(), columns.get(summed.get(i)).name(), target.database())
                  + " expected both alike. Nothing was published; run again.");
        }
      }
    }
  }

  private void requireSame(String table, long sent, long arrived) {
    if (sent != arrived) {
      throw new LoadException(
          ErrorCode.IMBALANCE,
          "Cannot publish %s: %d rows arrived in %s, expected %d. Nothing was published; run again."
              .formatted(table, arrived, target.database(), sent));
    }
  }

  private static List<Column> columns(TableShape shape) {
    return shape.publishedColumns().stream().map(c -> new Column(c.name(), c.type())).toList();
  }

  /** Positions of the key and of the first measure, where they are exact numbers. */
  private static List<Integer> summed(TableShape shape) {
    List<Integer> positions = new ArrayList<>();
    boolean measure = false;
    List<TableColumn> columns = shape.publishedColumns();
    for (int i = 0; i < columns.size(); i++) {
      ColumnType type = columns.get(i).type();
      boolean exact =
          type instanceof ColumnType.Decimal || type == Simple.INT || type == Simple.BIGINT;
      boolean first = columns.get(i).role() == ColumnRole.MEASURE && !measure;
      if (exact && (columns.get(i).role() == ColumnRole.KEY || first)) {
        positions.add(i);
        measure |= first;
      }
    }
    return positions;
  }

  /** Entered before any statement is made: Connector/J gives each the database of that moment. */
  private Connection entered() throws SQLException {
    Connection connection = target.database().connectForLoading();
    try {
      dialect.enter(connection, target.schemas().get("dw"));
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
