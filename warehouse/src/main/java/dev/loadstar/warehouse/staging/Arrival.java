package dev.loadstar.warehouse.staging;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.tables.ColumnRole;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.warehouse.WarehouseTarget;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Whether what arrived is what was sent: rows, and sums of the key and of the first measure. */
final class Arrival {
  private final WarehouseTarget target;
  private final TableShape shape;
  private final List<Integer> summed = new ArrayList<>();

  Arrival(WarehouseTarget target, TableShape shape) {
    this.target = target;
    this.shape = shape;
    boolean measure = false;
    List<TableColumn> columns = shape.publishedColumns();
    for (int i = 0; i < columns.size(); i++) {
      ColumnType type = columns.get(i).type();
      boolean exact =
          type instanceof ColumnType.Decimal || type == Simple.INT || type == Simple.BIGINT;
      boolean first = columns.get(i).role() == ColumnRole.MEASURE && !measure;
      if (exact && (columns.get(i).role() == ColumnRole.KEY || first)) {
        summed.add(i);
        measure |= first;
      }
    }
  }

  /** Positions among the published columns of the exact numbers to add up. */
  List<Integer> summed() {
    return summed;
  }

  /**
   * Asks the server.
   *
   * @param place quoted name of the table that was empty before
   * @param loaded rows that the server says it took
   * @throws LoadException {@code IMBALANCE}
   */
  void require(Statement statement, String place, ChangeRows rows, long loaded)
      throws SQLException {
    requireSame(rows.count(), loaded);
    StringBuilder sql = new StringBuilder("SELECT COUNT(*)");
    for (int position : summed) {
      String name = target.database().engine().quote(name(position));
      sql.append(", COALESCE(SUM(").append(name).append("), 0)");
    }
    try (ResultSet row = statement.executeQuery(sql + " FROM " + place)) {
      row.next();
      requireSame(rows.count(), row.getLong(1));
      for (int i = 0; i < summed.size(); i++) {
        if (row.getBigDecimal(i + 2).compareTo(rows.sums()[i]) != 0) {
          throw new LoadException(
              ErrorCode.IMBALANCE,
              "Cannot publish %s: the sum of %s that arrived in %s is not the one that was sent,"
                      .formatted(shape.name(), name(summed.get(i)), target.database())
                  + " expected both alike. Nothing was published; run again.");
        }
      }
    }
  }

  private void requireSame(long sent, long arrived) {
    if (sent != arrived) {
      throw new LoadException(
          ErrorCode.IMBALANCE,
          "Cannot publish %s: %d rows arrived in %s, expected %d. Nothing was published; run again."
              .formatted(shape.name(), arrived, target.database(), sent));
    }
  }

  private String name(int position) {
    return shape.publishedColumns().get(position).name();
  }
}
