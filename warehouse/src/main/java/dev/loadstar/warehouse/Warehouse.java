package dev.loadstar.warehouse;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.core.type.Extent;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.Tables;
import dev.loadstar.warehouse.audit.DeepAudit;
import dev.loadstar.warehouse.audit.StarAudit;
import dev.loadstar.warehouse.audit.StarChecksum;
import dev.loadstar.warehouse.migration.Migrations;
import dev.loadstar.warehouse.mysql.MySqlWarehouse;
import dev.loadstar.warehouse.postgresql.PostgreSqlWarehouse;
import dev.loadstar.warehouse.publication.Ledger;
import dev.loadstar.warehouse.publication.Publisher;
import dev.loadstar.warehouse.staging.WidthCheck;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A star schema in PostgreSQL, MySQL or MariaDB. Opening connects to nothing; every call opens what
 * it needs and closes it. Thread safe.
 *
 * <p>All calls throw {@link LoadException}: {@code UNREACHABLE} may be tried again, {@code
 * CREDENTIALS_REFUSED} and {@code NOT_FOUND} may not.
 */
public final class Warehouse {
  private final WarehouseTarget target;
  private final WarehouseDialect dialect;
  private final Clock clock;

  private Warehouse(WarehouseTarget target, WarehouseDialect dialect, Clock clock) {
    this.target = target;
    this.dialect = dialect;
    this.clock = clock;
  }

  /**
   * @param clock for the time of publication
   */
  public static Warehouse open(WarehouseTarget target, Clock clock) {
    var engine = target.database().engine();
    WarehouseDialect dialect =
        switch (engine.name()) {
          case "postgresql" -> new PostgreSqlWarehouse(engine);
          case "mysql" -> new MySqlWarehouse(engine);
          default -> throw new IllegalArgumentException("no dialect for " + engine.name());
        };
    return new Warehouse(target, dialect, clock);
  }

  /** Applies pending migrations, Loadstar's first; returns their names. */
  public List<String> migrate() {
    return new Migrations(target).migrate();
  }

  /**
   * @throws LoadException {@code SCHEMA_MISMATCH} when migrations are pending
   */
  public void requireMigrated() {
    new Migrations(target).requireMigrated();
  }

  /**
   * Asks what a publication begins with and forgets the answers, so that the next one does not wait
   * for drivers and libraries to start.
   */
  public void rehearse() {
    requireMigrated();
    Optional<Publication> unused = published();
  }

  /**
   * Whether values fit the tables that migrations made. Reads the catalogue only, so it may be
   * asked before a commit, too, wherever the warehouse can be reached.
   *
   * @param shapes the star's tables; those that the warehouse lacks are passed over
   * @param extents what the values need, by table and column, as {@link
   *     dev.loadstar.core.type.ExtentMeter} measures it; columns may be missing
   * @throws LoadException {@code WIDTH_EXCEEDED} that lists every table, column, needed and found
   *     width
   */
  public void requireRoom(Collection<TableShape> shapes, Map<String, Map<String, Extent>> extents) {
    try (Connection connection = target.database().connect()) {
      new WidthCheck(target).require(connection, shapes, extents);
    } catch (SQLException e) {
      throw target.database().failure("ask the widths of", e);
    }
  }

  /** What is shown; empty before the first publication or migration. */
  public Optional<Publication> published() {
    try (Connection connection = target.database().connect()) {
      String table = target.schemas().get("etl") + ".publication";
      return target.database().engine().table(connection, table).isEmpty()
          ? Optional.empty()
          : new Ledger(target, dialect).publication(connection, false);
    } catch (SQLException e) {
      throw target.database().failure("ask what is published in", e);
    }
  }

  /**
   * Tables whose keys a first publication took off and did not put back yet, for it runs or was
   * killed; the next {@link #publish} puts them back.
   */
  public List<String> keysWaiting() {
    if (dialect.keys().transactional()) {
      return List.of();
    }
    try (Connection connection = target.database().connect()) {
      return dialect.keys().waiting(connection, target.schemas().get("etl"));
    } catch (SQLException e) {
      throw target.database().failure("ask for the keys of", e);
    }
  }

  /**
   * Makes the warehouse show a commit, from whatever it shows now.
   *
   * @return the balance per table that had changes; empty when it shows this commit already
   * @throws LoadException {@code RUN_AHEAD}, {@code COMMIT_UNKNOWN}, {@code SCHEMA_MISMATCH} or
   *     {@code OUTCOME_UNKNOWN}
   */
  public List<HopBalance> publish(Tables tables, Commit commit, RunRecord run) {
    return publish(tables, commit, run, Set.of());
  }

  /**
   * The same, and some tables are compared as a whole, so that what was changed by hand is mended.
   *
   * @param resync names of published tables; with all of them it does not matter what is shown now
   */
  public List<HopBalance> publish(Tables tables, Commit commit, RunRecord run, Set<String> resync) {
    return new Publisher(target, dialect, clock).publish(tables, commit, run, resync);
  }

  /** Rows per table, special rows included, by {@code schema.table}. */
  public Map<String, Long> rowCounts(Collection<TableShape> shapes) {
    Map<String, Long> counts = new TreeMap<>();
    try (Connection connection = target.database().connect();
        Statement statement = connection.createStatement()) {
      for (TableShape shape : shapes) {
        if (shape.published()) {
          try (ResultSet row =
              statement.executeQuery("SELECT COUNT(*) FROM " + target.dw(shape.name()))) {
            row.next();
            counts.put(target.schemas().get("dw") + "." + shape.name(), row.getLong(1));
          }
        }
      }
    } catch (SQLException e) {
      throw target.database().failure("count rows in", e);
    }
    return counts;
  }

  /**
   * A checksum per table and, under {@code total}, of all, in hex. Equal wherever the same rows are
   * shown, whatever the engine and the surrogate keys.
   */
  public Map<String, String> checksum(Collection<TableShape> shapes) {
    return new StarChecksum(target).of(shapes);
  }

  /** Audits what is shown against a commit, the published one; reads only. */
  public List<QualityResult> check(Commit commit) {
    List<QualityResult> verdicts = new ArrayList<>(new StarAudit(target).of(commit));
    for (String table : keysWaiting()) {
      verdicts.add(
          new QualityResult(
              table,
              "has the keys that its first publication took off",
              QualityResult.Severity.ERROR,
              false,
              "there",
              "waiting for the next load"));
    }
    return verdicts;
  }

  /**
   * The same, and every row and key is compared with the commit; memory does not grow with it.
   *
   * @param tables that hold the commit
   */
  public List<QualityResult> checkDeep(Tables tables, Commit commit) {
    List<QualityResult> verdicts = new ArrayList<>(check(commit));
    verdicts.addAll(new DeepAudit(target, dialect).of(tables, commit));
    return verdicts;
  }
}
