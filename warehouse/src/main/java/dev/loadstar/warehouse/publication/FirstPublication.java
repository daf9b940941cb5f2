package dev.loadstar.warehouse.publication;

import static java.util.Comparator.comparing;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.crash.CrashPoint;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.Tables;
import dev.loadstar.warehouse.StarKeys;
import dev.loadstar.warehouse.WarehouseDialect;
import dev.loadstar.warehouse.WarehouseTarget;
import dev.loadstar.warehouse.staging.Filling;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills a warehouse that shows nothing yet: rows straight into tables without keys, keys
 * afterwards. Where keys are no part of a transaction they go before it and come after it, so that
 * readers see all rows at once there, too, and what a kill leaves off the next run puts back.
 */
final class FirstPublication {
  /**
   * Rows of one table from which on this is worth it: measured, 50,000 facts are published in a
   * third of the time on PostgreSQL and in six tenths on MariaDB.
   */
  static final long PAYS_FROM = 50_000;

  private static final String INTEGRITY_CLASS = "23";

  private final WarehouseTarget target;
  private final StarKeys keys;
  private final String etl;

  FirstPublication(WarehouseTarget target, WarehouseDialect dialect) {
    this.target = target;
    this.keys = dialect.keys();
    this.etl = target.schemas().get("etl");
  }

  /** Whether it is worth it, and Loadstar's migrations and the DBA allow it. */
  boolean pays(Connection connection, Commit commit) throws SQLException {
    return commit.published().stream()
            .anyMatch(shape -> commit.table(shape.name()).rows() >= PAYS_FROM)
        && keys.offered(connection, etl);
  }

  /** Before the transaction. */
  void before(Connection connection, Commit commit) throws SQLException {
    if (!keys.transactional()) {
      takeOff(connection, commit);
    }
  }

  /** The transaction's part between its lock and the ledger. */
  List<HopBalance> fill(Connection connection, Tables tables, Commit commit) throws SQLException {
    List<HopBalance> balance = new ArrayList<>();
    List<TableShape> shapes = inOrder(commit);
    try (Filling filling = new Filling(target, tables, commit, shapes)) {
      if (keys.transactional()) {
        takeOff(connection, commit);
      }
      for (TableShape shape : shapes) {
        filling
            .fill(connection, shape)
            .map(
                filled -> new HopBalance("load", shape.name(), RowBalance.allPassed(filled.rows())))
            .ifPresent(balance::add);
      }
    }
    keys.requireReferences(connection, etl);
    if (keys.transactional()) {
      keys.putBack(connection, etl, true);
    }
    return balance;
  }

  /** After a transaction that committed. */
  void after(Connection connection) throws SQLException {
    if (!keys.transactional()) {
      CrashPoint.KEYS_WAITING.reached();
      putBack(connection, true);
    }
  }

  /** After a transaction that did not. */
  void afterFailure(Connection connection, Exception failure) {
    try {
      putBackWaiting(connection);
    } catch (SQLException | LoadException e) {
      failure.addSuppressed(e); // they wait for the next run
    }
  }

  /** Ends what a run that was killed began. */
  void putBackWaiting(Connection connection) throws SQLException {
    if (!keys.waiting(connection, etl).isEmpty()) {
      putBack(connection, false);
    }
  }

  /**
   * Whether stages may end better, or say which value it was: neither a lock, a lost connection nor
   * a row that breaks a key is mended by another way.
   */
  boolean mayBeStaged(SQLException failure) {
    return !target.database().engine().classify(failure).code().retryable()
        && !String.valueOf(failure.getSQLState()).startsWith(INTEGRITY_CLASS);
  }

  private void takeOff(Connection connection, Commit commit) throws SQLException {
    keys.takeOff(connection, etl, inOrder(commit).stream().map(TableShape::name).toList());
    CrashPoint.KEYS_TAKEN_OFF.reached();
  }

  private void putBack(Connection connection, boolean checked) {
    try {
      connection.setAutoCommit(true);
      keys.putBack(connection, etl, checked);
    } catch (SQLException e) {
      throw target.database().failure("make the keys of the star again in", e);
    }
  }

  /** Dimensions first, for a foreign key may have stayed. */
  private static List<TableShape> inOrder(Commit commit) {
    return commit.published().stream()
        .sorted(comparing(shape -> shape.kind() == TableShape.Kind.FACT))
        .toList();
  }
}
