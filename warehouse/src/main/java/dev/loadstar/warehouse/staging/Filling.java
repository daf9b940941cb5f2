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
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings a table's rows straight into {@code dw}, in the caller's transaction, and checks that what
 * arrived is what was sent. Stateless, thread safe.
 */
public final class Filling {
  private final WarehouseTarget target;

  public Filling(WarehouseTarget target) {
    this.target = target;
  }

  /**
   * Fills an empty table.
   *
   * @param connection from {@link dev.loadstar.jdbc.Database#connectForLoading()}
   * @return what it holds now; empty when the commit has nothing for it
   * @throws LoadException {@code IMBALANCE} when something else arrived, {@code WIDTH_EXCEEDED}
   */
  public Optional<StagedTable> fill(
      Connection connection, Tables tables, Commit commit, TableShape shape) throws SQLException {
    Engine engine = target.database().engine();
    String place = target.dw(shape.name());
    List<Column> columns = Staging.columns(shape);
    Arrival arrival = new Arrival(target, shape);
    TableInfo table =
        engine
            .table(connection, target.schemas().get("dw") + "." + shape.name())
            .orElseThrow(
                () ->
                    new LoadException(
                        ErrorCode.NOT_FOUND,
                        "Cannot fill %s: it is gone, expected it to be there. Run again."
                            .formatted(place)));
    List<Column> widened = UnstagedRows.widened(columns, table);
    try (ChangeRows rows =
            new ChangeRows(
                tables.changes(Optional.empty(), commit, shape.name(), columns),
                columns,
                arrival.summed());
        Statement statement = connection.createStatement()) {
      if (rows.isNothing()) {
        return Optional.empty();
      }
      long loaded =
          engine.load(connection, place, widened, new UnstagedRows(rows, columns, widened));
      arrival.require(statement, place, rows, loaded);
      // A server takes what it can cut without a word: spaces at the end, digits of a second.
      new WidthCheck(target)
          .require(connection, List.of(shape), Map.of(shape.name(), rows.extents()));
      return Optional.of(new StagedTable(shape, rows.snapshot(), rows.count(), rows.extents()));
    }
  }
}
