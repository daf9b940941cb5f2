package dev.loadstar.warehouse.publication;

import static java.util.stream.Collectors.toMap;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.crash.CrashPoint;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.Tables;
import dev.loadstar.warehouse.Publication;
import dev.loadstar.warehouse.RunRecord;
import dev.loadstar.warehouse.WarehouseDialect;
import dev.loadstar.warehouse.WarehouseTarget;
import dev.loadstar.warehouse.staging.SchemaCheck;
import dev.loadstar.warehouse.staging.StagedTable;
import dev.loadstar.warehouse.staging.Staging;
import dev.loadstar.warehouse.staging.WidthCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.exception.DataAccessException;

/**
 * Makes a warehouse show a commit: stages what it lacks, then one transaction. Two things keep
 * others out: a lock that lives as long as the session that will publish, taken before staging, and
 * the publication row, locked and compared inside the transaction.
 */
public final class Publisher {
  /** What happens between the lock of the transaction and the ledger. */
  @FunctionalInterface
  private interface Rows {
    List<HopBalance> apply(Connection connection) throws SQLException;
  }

  /** How a transaction is ended; tests lose the reply here. */
  @FunctionalInterface
  interface Ending {
    void commit(Connection connection) throws SQLException;
  }

  private final WarehouseTarget target;
  private final WarehouseDialect dialect;
  private final Ledger ledger;
  private final Clock clock;
  private final Ending ending;

  public Publisher(WarehouseTarget target, WarehouseDialect dialect, Clock clock) {
    this(target, dialect, clock, Connection::commit);
  }

  Publisher(WarehouseTarget target, WarehouseDialect dialect, Clock clock, Ending ending) {
    this.target = target;
    this.dialect = dialect;
    this.ledger = new Ledger(target, dialect);
    this.clock = clock;
    this.ending = ending;
  }

  /**
   * Publishes.
   *
   * @param resync tables that are compared as a whole, whatever the warehouse is said to show
   * @return the balance per table; empty when the warehouse shows these rows already
   * @throws LoadException {@code RUN_AHEAD} when another run publishes or has published something
   *     newer, {@code COMMIT_UNKNOWN} when it shows what this lake never held, {@code
   *     SCHEMA_MISMATCH}, {@code OUTCOME_UNKNOWN} when the reply to COMMIT was lost and the server
   *     cannot be asked; a later run finds out by itself
   */
  public List<HopBalance> publish(Tables tables, Commit commit, RunRecord run, Set<String> resync) {
    try (Connection connection = target.database().connectForLoading()) {
      dialect.enter(connection, target.schemas().get("dw"));
      if (!dialect.tryLock(connection, "loadstar." + target.schemas().get("etl"))) {
        throw ahead("another run is loading it");
      }
      FirstPublication first = new FirstPublication(target, dialect);
      first.putBackWaiting(connection);
      Optional<Publication> shown = ledger.publication(connection, false);
      if (shown.isPresent() && shown.get().shows(commit) && resync.isEmpty()) {
        return List.of();
      }
      List<StagedTable> staged = List.of();
      List<String> left = List.of();
      if (shown.isEmpty() || !shown.get().sameRows(commit) || !resync.isEmpty()) {
        Optional<Commit> from = new Shown(tables, target).commit(shown, commit, resync);
        new SchemaCheck(target, dialect).require(connection, commit.published());
        if (shown.isEmpty() && first.pays(connection, commit)) {
          Optional<List<HopBalance>> filled = fill(connection, first, tables, commit, run);
          if (filled.isPresent()) {
            CrashPoint.PUBLISHED.reached();
            return filled.get();
          }
        }
        left = new LeftBehind(target).statements(connection, from, commit);
        staged = new Staging(target, dialect).stage(tables, from, commit, resync);
        new WidthCheck(target)
            .require(
                connection,
                staged.stream().map(StagedTable::shape).toList(),
                staged.stream()
                    .collect(toMap(table -> table.shape().name(), StagedTable::extents)));
      }
      CrashPoint.STAGED.reached();
      List<StagedTable> changes = staged;
      List<String> leaving = left;
      List<HopBalance> balance =
          publish(connection, shown, commit, run, c -> merge(c, changes, leaving));
      CrashPoint.PUBLISHED.reached();
      return balance;
    } catch (SQLException e) {
      throw target.database().failure("publish to", e);
    } catch (DataAccessException e) {
      throw target.database().failure("publish to", sqlCause(e));
    }
  }

  /**
   * Fills a warehouse that shows nothing.
   *
   * @return empty when it is as it was and its rows shall be staged
   */
  private Optional<List<HopBalance>> fill(
      Connection connection, FirstPublication first, Tables tables, Commit commit, RunRecord run)
      throws SQLException {
    List<HopBalance> balance;
    try {
      first.before(connection, commit);
      balance =
          publish(connection, Optional.empty(), commit, run, c -> first.fill(c, tables, commit));
    } catch (SQLException | RuntimeException e) {
      first.afterFailure(connection, e);
      if (e instanceof SQLException refused && first.mayBeStaged(refused)) {
        connection.setAutoCommit(true);
        return Optional.empty();
      }
      throw e;
    }
    first.after(connection);
    return Optional.of(balance);
  }

  private List<HopBalance> merge(Connection connection, List<StagedTable> staged, List<String> left)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : dialect.mergeSettings()) {
        statement.execute(sql);
      }
      for (String sql : left) {
        statement.executeUpdate(sql);
      }
      return new StarMerge(target, dialect, statement)
          .apply(connection, ledger.sql(connection), staged);
    }
  }

  private List<HopBalance> publish(
      Connection connection,
      Optional<Publication> expected,
      Commit commit,
      RunRecord run,
      Rows rows)
      throws SQLException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Publication next =
        new Publication(
            commit.lakeId(),
            commit.number(),
            Optional.of(commit.identity()),
            run.runId(),
            commit.latestDate(),
            now);
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    connection.setAutoCommit(false);
    List<HopBalance> balance;
    try {
      fence(connection, expected);
      balance = rows.apply(connection);
      if (expected.isEmpty()) {
        ledger.begin(connection, next);
      }
      ledger.record(connection, run, commit, balance, now);
      ledger.show(connection, next);
      CrashPoint.PUBLISH_APPLIED.reached();
    } catch (SQLException | RuntimeException e) {
      rollBack(connection, e);
      throw e;
    }
    try {
      ending.commit(connection);
    } catch (SQLException e) {
      settle(expected, next, e);
    }
    return balance;
  }

  /** Locks the row and compares it with what the staged changes were computed from. */
  private void fence(Connection connection, Optional<Publication> expected) throws SQLException {
    Optional<Publication> found = ledger.publication(connection, true);
    if (!found.equals(expected)) {
      throw ahead("another run published in between");
    }
  }

  private static void rollBack(Connection connection, Exception failure) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      failure.addSuppressed(e); // the connection is gone, and the transaction with it
    }
  }

  /** The reply to COMMIT was lost: the row, once nobody holds it, says what became of it. */
  private void settle(Optional<Publication> before, Publication next, SQLException lost) {
    Optional<Publication> found;
    try (Connection again = target.database().connect()) {
      again.setAutoCommit(false);
      found = ledger.publication(again, true);
      again.rollback();
    } catch (SQLException | LoadException | DataAccessException e) {
      LoadException unknown =
          new LoadException(
              ErrorCode.OUTCOME_UNKNOWN,
              "Cannot tell whether %s shows commit %d: the reply to COMMIT was lost and the server"
                      .formatted(target.database(), next.commit())
                  + " does not answer, expected an answer. Run again; the next run finds out.",
              lost);
      unknown.addSuppressed(e);
      throw unknown;
    }
    if (found.isPresent() && found.get().equals(next)) {
      return;
    }
    if (found.equals(before)) {
      throw new LoadException(
          ErrorCode.UNREACHABLE,
          "Cannot publish to %s: the transaction did not commit, expected it to. Nothing changed;"
                  .formatted(target.database())
              + " run again.",
          lost);
    }
    throw ahead("another run published in between");
  }

  private LoadException ahead(String found) {
    return new LoadException(
        ErrorCode.RUN_AHEAD,
        "Cannot publish to %s: %s, expected to be the only one. Nothing was changed; run again."
            .formatted(target.database(), found));
  }

  private static SQLException sqlCause(DataAccessException failure) {
    SQLException cause = failure.getCause(SQLException.class);
    return cause == null ? new SQLException() : cause;
  }
}
