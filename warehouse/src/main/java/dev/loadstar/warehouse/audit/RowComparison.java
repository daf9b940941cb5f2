package dev.loadstar.warehouse.audit;

import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.core.quality.QualityResult.Severity;
import dev.loadstar.core.type.CanonicalText;
import dev.loadstar.core.type.Column;
import dev.loadstar.jdbc.RowStream;
import dev.loadstar.lake.parquet.RowReader;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.Tables;
import dev.loadstar.warehouse.WarehouseTarget;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of the warehouse beside the same of a commit, both in the order of their key, a whole
 * number that both sides sort alike; in memory of two rows. Values are the same when their
 * canonical text is.
 */
final class RowComparison {
  private final RowReader wanted;
  private final RowStream found;
  private final List<Column> columns;
  private Object[] inLake;
  private Object[] inWarehouse;
  private long missing;
  private long extra;
  private long different;

  private RowComparison(RowReader wanted, RowStream found, List<Column> columns) {
    this.wanted = wanted;
    this.found = found;
    this.columns = columns;
  }

  /**
   * @param connection in a transaction that sees one state
   */
  static QualityResult of(
      WarehouseTarget target, Connection connection, Tables tables, Table table, long commit) {
    TableShape shape = table.shape();
    if (shape.key().size() != 1) {
      throw new IllegalStateException(shape.name() + " has no single surrogate key");
    }
    String key = shape.key().get(0);
    List<Column> columns = new ArrayList<>();
    columns.add(shape.column(key).orElseThrow().plain());
    shape.publishedColumns().stream()
        .map(TableColumn::plain)
        .filter(column -> !column.name().equals(key))
        .forEach(columns::add);
    String sql =
        columns.stream()
            .map(column -> target.database().engine().quote(column.name()))
            .collect(
                Collectors.joining(
                    ", ",
                    "SELECT ",
                    " FROM "
                        + target.dw(shape.name())
                        + " ORDER BY "
                        + target.database().engine().quote(key)));
    try (RowReader wanted = tables.read(table, columns);
        RowStream found =
            RowStream.open(target.database(), connection, shape.name(), sql, columns)) {
      return new RowComparison(wanted, found, columns).run(shape.name(), commit);
    }
  }

  private QualityResult run(String table, long commit) {
    inLake = wanted.next();
    nextInWarehouse();
    while (inLake != null || inWarehouse != null) {
      int side =
          inWarehouse == null
              ? -1
              : inLake == null ? 1 : Long.compare(key(inLake), key(inWarehouse));
      if (side < 0) {
        missing++;
      } else if (side > 0) {
        extra++;
      } else if (!same()) {
        different++;
      }
      if (side <= 0) {
        inLake = wanted.next();
      }
      if (side >= 0) {
        nextInWarehouse();
      }
    }
    return new QualityResult(
        table,
        "holds row by row what commit " + commit + " holds",
        Severity.ERROR,
        missing + extra + different == 0,
        "0 missing, 0 too many, 0 different",
        "%d missing, %d too many, %d different".formatted(missing, extra, different));
  }

  /** Without a primary key a row may lack its key, at whichever end the server puts these. */
  private void nextInWarehouse() {
    inWarehouse = found.next();
    while (inWarehouse != null && inWarehouse[0] == null) {
      extra++;
      inWarehouse = found.next();
    }
  }

  private static long key(Object[] row) {
    return ((Number) row[0]).longValue();
  }

  private boolean same() {
    for (int i = 1; i < columns.size(); i++) {
      if (!same(inLake[i], inWarehouse[i], columns.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(Object one, Object other, Column column) {
    if (one == null || other == null) {
      return one == other;
    }
    return one.equals(other)
        || CanonicalText.of(one, column.type()).equals(CanonicalText.of(other, column.type()));
  }
}
