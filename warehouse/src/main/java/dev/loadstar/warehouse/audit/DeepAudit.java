package dev.loadstar.warehouse.audit;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.Tables;
import dev.loadstar.warehouse.WarehouseDialect;
import dev.loadstar.warehouse.WarehouseTarget;
import dev.loadstar.warehouse.publication.Ledger;
import dev.loadstar.warehouse.staging.SchemaCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Compares the published star with its commit, row by row and key by key. Reads only. */
public final class DeepAudit {
  private final WarehouseTarget target;
  private final WarehouseDialect dialect;

  public DeepAudit(WarehouseTarget target, WarehouseDialect dialect) {
    this.target = target;
    this.dialect = dialect;
  }

  /**
   * In one transaction that sees one state, so that a load at the same time changes nothing.
   *
   * @param commit that is shown
   * @throws LoadException {@code RUN_AHEAD} when another one is shown by now, {@code
   *     SCHEMA_MISMATCH} when a table or column is gone
   */
  public List<QualityResult> of(Tables tables, Commit commit) {
    List<QualityResult> verdicts = new ArrayList<>();
    try (Connection connection = target.database().connect()) {
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      if (new Ledger(target, dialect)
          .publication(connection, false)
          .filter(shown -> shown.shows(commit))
          .isEmpty()) {
        throw new LoadException(
            ErrorCode.RUN_AHEAD,
            "Cannot compare %s with commit %d: another run published in between, expected it to be shown. Run again."
                .formatted(target.database(), commit.number()));
      }
      new SchemaCheck(target, dialect).require(connection, commit.published());
      verdicts.addAll(new KeyAudit(target, dialect, connection).of(commit));
      for (TableShape shape : commit.published()) {
        verdicts.add(
            RowComparison.of(
                target, connection, tables, commit.table(shape.name()), commit.number()));
      }
      connection.rollback();
    } catch (SQLException e) {
      throw target.database().failure("compare", e);
    }
    return verdicts;
  }
}
