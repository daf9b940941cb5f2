package dev.loadstar.warehouse.staging;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.Tables;
import dev.loadstar.warehouse.WarehouseDialect;
import dev.loadstar.warehouse.WarehouseTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
   * Stages what the warehouse lacks, tables side by side.
   *
   * @param from what it shows; empty when nothing that this lake knows
   * @param resync tables that are staged whole
   * @return the tables that have changes
   * @throws LoadException {@code IMBALANCE} when something else arrived, or as the database fails
   */
  public List<StagedTable> stage(
      Tables tables, Optional<Commit> from, Commit commit, Set<String> resync) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Optional<StagedTable>>> running = new ArrayList<>();
      for (TableShape shape : commit.published()) {
        Optional<Commit> side =
            resync.contains(shape.name()) ? Optional.empty() : from.filter(f -> knows(f, shape));
        running.add(threads.submit(() -> stage(tables, side, commit, shape)));
      }
      List<StagedTable> staged = new ArrayList<>();
      for (Future<Optional<StagedTable>> future : running) {
        future.get().ifPresent(staged::add);
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

  /** What stands in a column that was not shown before is not known. */
  private static boolean knows(Commit shown, TableShape shape) {
    Table table = shown.tables().get(shape.name());
    return table == null
        || shape.publishedColumns().stream()
            .allMatch(column -> table.shape().column(column.name()).isPresent());
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

  private Optional<StagedTable> stage(
      Tables tables, Optional<Commit> from, Commit commit, TableShape shape) {
    String stage = target.stg(shape.name());
    List<Column> columns = columns(shape);
    List<Column> stageColumns = new ArrayList<>(columns);
    stageColumns.add(new Column(ChangeRows.MARK, Simple.TEXT));
    Arrival arrival = new Arrival(target, shape);
    try (ChangeRows rows =
        new ChangeRows(
            tables.changes(from, commit, shape.name(), columns), columns, arrival.summed())) {
      return rows.isNothing()
          ? Optional.empty()
          : Optional.of(stage(rows, shape, stage, stageColumns, arrival));
    }
  }

  private StagedTable stage(
      ChangeRows rows, TableShape shape, String stage, List<Column> stageColumns, Arrival arrival) {
    try (Connection connection = entered();
        Statement statement = connection.createStatement()) {
      for (String sql : dialect.createStage(stage, stageColumns)) {
        statement.execute(sql);
      }
      long loaded = target.database().engine().load(connection, stage, stageColumns, rows);
      arrival.require(statement, stage, rows, loaded);
      for (String sql : dialect.prepareStage(stage, shape.key())) {
        statement.execute(sql);
      }
      return new StagedTable(shape, rows.snapshot(), rows.count(), rows.extents());
    } catch (SQLException e) {
      throw target.database().failure("stage " + shape.name() + " in", e);
    }
  }

  static List<Column> columns(TableShape shape) {
    return shape.publishedColumns().stream().map(TableColumn::plain).toList();
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
