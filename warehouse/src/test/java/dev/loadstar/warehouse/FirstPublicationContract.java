package dev.loadstar.warehouse;

import static dev.loadstar.warehouse.StarLake.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.crash.CrashPoint;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.tables.Commit;
import dev.loadstar.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A first publication of many rows: they go before the keys, and nobody sees a difference. */
abstract class FirstPublicationContract {
  @TempDir Path folder;
  WarehouseTarget target;
  private Warehouse warehouse;
  private StarLake star;
  private List<String> keys;

  abstract TestDatabase server();

  /** Everything that the catalogue tells about keys, in an order that does not depend on time. */
  abstract List<String> keys();

  /** Drops what Loadstar's migrations brought for this. */
  abstract List<String> withoutProcedures();

  /** Keys with what is easily lost: a comment, an order, a rule, one that a view needs. */
  abstract List<String> unusualKeys();

  /** Makes {@code line_number} a decimal and a customer's {@code version} a BIGINT. */
  abstract List<String> widerColumns();

  @BeforeEach
  void migrate() throws SQLException {
    target = Fixture.target(server(), Fixture.MIGRATIONS);
    warehouse = Warehouse.open(target, PublishContract.CLOCK);
    warehouse.migrate();
    execute(target, unusualKeys());
    star = new StarLake(folder);
    keys = keys();
    assertThat(keys).hasSizeGreaterThan(15);
  }

  private Map<String, RowBalance> publish(Commit commit) {
    return PublishContract.publish(warehouse, star, commit);
  }

  static void execute(WarehouseTarget target, List<String> statements) throws SQLException {
    try (Connection connection = target.database().connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private boolean staged(WarehouseTarget where) throws SQLException {
    try (Connection connection = where.database().connect()) {
      String stage = where.schemas().get("stg") + ".fact_sales";
      return where.database().engine().table(connection, stage).isPresent();
    }
  }

  private void requireShown(Commit commit) {
    assertThat(keys()).isEqualTo(keys);
    assertThat(warehouse.keysWaiting()).isEmpty();
    assertThat(warehouse.published().orElseThrow().commit()).isEqualTo(commit.number());
    assertThat(warehouse.checkDeep(star.tables, commit)).allMatch(QualityResult::passed);
  }

  private void requireUntouched() {
    assertThat(keys()).isEqualTo(keys);
    assertThat(warehouse.keysWaiting()).isEmpty();
    assertThat(warehouse.published()).isEmpty();
    assertThat(warehouse.rowCounts(StarLake.ALL).values()).containsOnly(0L);
  }

  @Test
  void endsInTheSameRowsAndKeysAsTheLongWay() throws SQLException {
    Commit commit = FirstNights.large(star);
    var balance = publish(commit);
    requireShown(commit);
    assertThat(staged(target)).isFalse();

    WarehouseTarget old = Fixture.target(server(), Fixture.MIGRATIONS);
    Warehouse other = Warehouse.open(old, PublishContract.CLOCK);
    other.migrate();
    WarehouseTarget ours = target;
    target = old;
    execute(old, withoutProcedures());
    target = ours;
    assertThat(PublishContract.publish(other, star, commit)).isEqualTo(balance);
    assertThat(staged(old)).isTrue();
    assertThat(warehouse.checksum(StarLake.ALL)).isEqualTo(other.checksum(StarLake.ALL));
  }

  @Test
  void columnsMayBeWiderThanTheirValues() throws SQLException {
    execute(target, widerColumns());
    publish(FirstNights.large(star));
    assertThat(staged(target)).isFalse();
    assertThat(Fixture.number(target, "SELECT SUM(line_number) FROM " + target.dw("fact_sales")))
        .isEqualTo(FirstNights.SALES + 1);
    assertThat(Fixture.number(target, "SELECT SUM(version) FROM " + target.dw("dim_customer")))
        .isEqualTo(6);
  }

  @Test
  void aSmallStarIsStaged() throws SQLException {
    star.rows(StarLake.SALES, 3);
    publish(star.commit(1, StarLake.firstNight()));
    assertThat(staged(target)).isTrue();
    assertThat(keys()).isEqualTo(keys);
  }

  @ParameterizedTest
  @EnumSource(names = {"KEYS_TAKEN_OFF", "PUBLISH_APPLIED", "KEYS_WAITING"})
  void whatAKillLeavesTheNextRunEnds(CrashPoint point) throws Exception {
    boolean transactional = FirstNights.dialect(target).keys().transactional();
    Commit commit = FirstNights.large(star);
    int status = PublishingProcess.dying(point, target, server().password(), folder);
    if (transactional && point == CrashPoint.KEYS_WAITING) {
      assertThat(status).as("there is no such moment").isZero();
    } else {
      assertThat(status).isEqualTo(CrashPoint.EXIT_STATUS);
      boolean shown = point == CrashPoint.KEYS_WAITING;
      assertThat(warehouse.published().isPresent()).isEqualTo(shown);
      assertThat(Fixture.number(target, "SELECT COUNT(*) FROM " + target.dw("fact_sales")))
          .isEqualTo(shown ? FirstNights.SALES : 0);
      assertThat(warehouse.keysWaiting().isEmpty()).isEqualTo(transactional);
      if (shown) {
        assertThat(warehouse.check(commit)).anyMatch(QualityResult::stopsTheRun);
      }
    }
    publish(commit);
    requireShown(commit);
  }

  @Test
  void aRowWithoutItsDimensionPublishesNothing() {
    Commit commit =
        FirstNights.large(
            star, List.of(sale(FirstNights.SALES + 1, "X", 1, "2024-01-01T14:00:00Z", 99, "1")));
    refuses(ErrorCode.INTERNAL, commit);
    requireUntouched();
  }

  @Test
  void aValueThatIsTooWideIsNamedAsEver() {
    Commit commit =
        FirstNights.large(
            star,
            List.of(
                sale(
                    FirstNights.SALES + 1,
                    "planted".repeat(12),
                    1,
                    "2024-01-01T14:00:00Z",
                    3,
                    "1")));
    assertThatThrownBy(() -> publish(commit))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WIDTH_EXCEEDED))
        .hasMessageContaining("fact_sales.order_number")
        .hasMessageNotContaining("planted");
    requireUntouched();
  }

  /** MySQL and PostgreSQL cut spaces at the end without a word. */
  @Test
  void spacesThatDoNotFitAreNamedToo() {
    Commit commit =
        FirstNights.large(
            star,
            List.of(
                sale(FirstNights.SALES + 1, " ".repeat(80), 1, "2024-01-01T14:00:00Z", 3, "1")));
    refuses(ErrorCode.WIDTH_EXCEEDED, commit);
    requireUntouched();
  }

  @Test
  void aReaderInTheWayIsWaitedForAndThenTheRunMayBeRepeated() throws SQLException {
    Commit commit = FirstNights.large(star);
    try (Connection reader = target.database().connect();
        Statement statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.executeQuery("SELECT COUNT(*) FROM " + target.dw("fact_sales")).close();
      refuses(ErrorCode.UNREACHABLE, commit);
      reader.rollback();
    }
    assertThat(warehouse.published()).isEmpty();
    publish(commit);
    requireShown(commit);
  }

  @Test
  void onceSomethingWasPublishedEveryKeyStays() {
    star.rows(StarLake.SALES, 3);
    publish(star.commit(1, StarLake.firstNight()));
    keepsItsKeys("fact_sales");
  }

  @ParameterizedTest
  @ValueSource(strings = {"publication", "run", "no_such", "FACT_SALES", "", "pg_class", "user"})
  void whatIsNoTableOfTheStarIsRefused(String name) {
    keepsItsKeys(name);
    keepsItsKeys(target.schemas().get("dw") + ".fact_sales");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fact_sales; DROP TABLE x", "fact_sales\"; DROP TABLE x; --",
            "fact_sales` DROP COLUMN a, `",
        "fact_sales' OR '1'='1", "%", "fact\\_sales"
      })
  void namesAreNamesAndNothingElse(String name) {
    keepsItsKeys(name);
  }

  @Test
  void rowsThatAreThereKeepTheirKeys() throws SQLException {
    execute(
        target, List.of("INSERT INTO " + target.dw("dim_date") + " (date_key) VALUES (20200101)"));
    keepsItsKeys("dim_date");
  }

  private void keepsItsKeys(String table) {
    assertThatThrownBy(
            () -> {
              try (Connection connection = target.database().connect()) {
                FirstNights.dialect(target)
                    .keys()
                    .takeOff(connection, target.schemas().get("etl"), List.of(table));
              }
            })
        .isInstanceOf(SQLException.class);
    assertThat(keys()).isEqualTo(keys);
    assertThat(warehouse.keysWaiting()).isEmpty();
  }

  private void refuses(ErrorCode code, Commit commit) {
    assertThatThrownBy(() -> publish(commit))
        .isInstanceOfSatisfying(LoadException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
