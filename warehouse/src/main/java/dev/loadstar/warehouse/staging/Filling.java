package dev.loadstar.warehouse.staging;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Column;
import dev.loadstar.jdbc.Engine;
import dev.loadstar.jdbc.TableInfo;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.Tables;
import dev.loadstar.warehouse.WarehouseTarget;
import java.io.Closeable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Brings the rows of empty tables straight into {@code dw}, in the caller's transaction, and checks
 * that what arrived is what was sent. A thread reads ahead until this is closed. Not thread safe.
 */
public final class Filling implements Closeable {
  private final WarehouseTarget target;
  private final Map<TableShape, ChangeRows> reading = new LinkedHashMap<>();
  private final ExecutorService reader = Executors.newSingleThreadExecutor();

  /**
   * @param shapes in the order in which they will be filled
   */
  public Filling(WarehouseTarget target, Tables tables, Commit commit, List<TableShape> shapes) {
    this.target = target;
    for (TableShape shape : shapes) {
      List<Column> columns = Staging.columns(shape);
      ReadAhead changes = new ReadAhead();
      reading.put(shape, new ChangeRows(changes, columns, new Arrival(target, shape).summed()));
      var unused =
          reader.submit(
              () -> {
                changes.read(() -> tables.changes(Optional.empty(), commit, shape.name(), columns));
                return null;
              });
    }
    reader.shutdown();
  }

  /**
   * Fills the next table.
   *
   * @param connection from {@link dev.loadstar.jdbc.Database#connectForLoading()}
   * @return what it holds now; empty when the commit has nothing for it
   * @throws LoadException {@code IMBALANCE} when something else arrived, {@code WIDTH_EXCEEDED}
   */
  public Optional<StagedTable> fill(Connection connection, TableShape shape) throws SQLException {
    Engine engine = target.database().engine();
    String place = target.dw(shape.name());
    ChangeRows rows = reading.get(shape);
    if (rows.isNothing()) {
      return Optional.empty();
    }
    List<Column> columns = Staging.columns(shape);
    List<Column> widened = UnstagedRows.widened(columns, table(connection, shape));
    long loaded = engine.load(connection, place, widened, new UnstagedRows(rows, columns, widened));
    try (Statement statement = connection.createStatement()) {
      new Arrival(target, shape).require(statement, place, rows, loaded);
    }
    // A server takes what it can cut without a word: spaces at the end, digits of a second.
    new WidthCheck(target)
        .require(connection, List.of(shape), Map.of(shape.name(), rows.extents()));
    return Optional.of(new StagedTable(shape, rows.snapshot(), rows.count(), rows.extents()));
  }

  private TableInfo table(Connection connection, TableShape shape) throws SQLException {
    String name = target.schemas().get("dw") + "." + shape.name();
    return target
        .database()
        .engine()
        .table(connection, name)
        .orElseThrow(
            () ->
                new LoadException(
                    ErrorCode.NOT_FOUND,
                    "Cannot fill %s: it is gone, expected it to be there. Run again."
                        .formatted(name)));
  }

  /** Ends reading, wherever it is. */
  @Override
  public void close() {
    reader.shutdownNow();
  }
}
