package dev.loadstar.warehouse;

import static dev.loadstar.warehouse.StarLake.ALWAYS;
import static dev.loadstar.warehouse.StarLake.OPEN;
import static dev.loadstar.warehouse.StarLake.customer;
import static dev.loadstar.warehouse.StarLake.micros;
import static dev.loadstar.warehouse.StarLake.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.tables.ColumnRole;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishing, told as a story of nights. */
abstract class PublishContract {
  static final Clock CLOCK =
      Clock.fixed(Instant.parse("2024-01-02T03:04:05.678901Z"), ZoneOffset.UTC);

  @TempDir Path folder;
  WarehouseTarget target;
  Warehouse warehouse;
  StarLake star;

  abstract TestDatabase server();

  @BeforeEach
  void migrate() {
    star = new StarLake(folder);
    target = Fixture.target(server(), Fixture.MIGRATIONS);
    warehouse = Warehouse.open(target, CLOCK);
    assertThat(warehouse.migrate()).hasSize(5);
  }

  static RunRecord run(String id) {
    return new RunRecord(
        id,
        1,
        LocalDate.of(2024, 1, 1),
        Instant.parse("2024-01-02T03:00:00Z"),
        List.of(new HopBalance("ingest", "shop.customers", RowBalance.allPassed(3))));
  }

  Map<String, RowBalance> publish(Commit commit) {
    return publish(warehouse, star, commit);
  }

  static Map<String, RowBalance> publish(Warehouse warehouse, StarLake star, Commit commit) {
    return warehouse.publish(star.tables, commit, run("run-" + commit.number())).stream()
        .collect(Collectors.toMap(HopBalance::subject, HopBalance::rows));
  }

  long count(String table) {
    return Fixture.number(target, "SELECT COUNT(*) FROM " + target.dw(table));
  }

  String view(String name) {
    return target.database().engine().name(target.schemas().get("bi"), name);
  }

  Commit firstNight() {
    star.rows(StarLake.CUSTOMER, 5);
    star.rows(StarLake.DATE, 3);
    star.rows(StarLake.PRODUCT, 2);
    star.rows(StarLake.LOCATION, 2);
    star.rows(StarLake.SALES, 3);
    return star.commit(1, StarLake.firstNight());
  }

  @Test
  void theFirstNightFillsAnEmptyWarehouse() {
    assertThat(warehouse.published()).isEmpty();
    Commit commit = firstNight();
    Map<String, RowBalance> balance = publish(commit);
    assertThat(balance.get("fact_sales")).isEqualTo(RowBalance.allPassed(3));
    assertThat(balance.get("dim_customer")).isEqualTo(RowBalance.allPassed(5));

    assertThat(
            Fixture.query(
                target,
                "SELECT city FROM "
                    + target.dw("dim_customer")
                    + " WHERE customer_key > 0 ORDER BY customer_key"))
        .extracting(row -> row.get(0))
        .containsExactly("Köln", "tab\t\\ ", null);
    assertThat(Fixture.number(target, "SELECT COUNT(*) FROM " + view("sales"))).isEqualTo(3);
    assertThat(
            Fixture.query(
                target, "SELECT city FROM " + view("customer") + " WHERE customer_key = 1"))
        .as("today's city under the old key")
        .containsExactly(List.of("tab\t\\ "));
    Publication shown = warehouse.published().orElseThrow();
    assertThat(shown)
        .isEqualTo(
            new Publication(
                star.tables.lakeId(),
                1,
                Optional.of(commit.identity()),
                "run-1",
                LocalDate.of(2024, 1, 1),
                CLOCK.instant()));
    assertThat(warehouse.rowCounts(StarLake.ALL))
        .containsEntry(target.schemas().get("dw") + ".fact_sales", 3L);
    assertThat(warehouse.check(commit)).isNotEmpty().allMatch(QualityResult::passed);
  }

  @Test
  void publishingAgainChangesNothing() {
    Commit commit = firstNight();
    publish(commit);
    List<List<Object>> ledger = Fixture.query(target, "SELECT * FROM " + target.etl("balance"));
    assertThat(publish(commit)).isEmpty();
    assertThat(Fixture.query(target, "SELECT * FROM " + target.etl("balance"))).isEqualTo(ledger);
    assertThat(ledger).hasSize(6); // one of ingest, five tables
    assertThat(Fixture.number(target, "SELECT COUNT(*) FROM " + target.etl("run"))).isOne();
    assertThat(Fixture.number(target, "SELECT load_number FROM " + target.etl("load"))).isOne();
    assertThat(Fixture.number(target, "SELECT COUNT(*) FROM " + target.etl("quality_result")))
        .isOne();
  }

  private Commit secondNight() {
    return star.commit(
        2,
        List.of(
            sale(1, "A", 1, "2024-01-01T09:00:00Z", 1, "10.5"), // says the same
            sale(2, "A", 2, "2024-01-01T13:00:00Z", 2, "-4"),
            sale(3, "B", 1, "2024-01-01T13:00:00.123456Z", 3, "0").delete(),
            sale(9, "gone before it came", 1, "2024-01-01T13:00:00Z", 3, "0").delete(),
            sale(4, "B", 1, "2024-01-01T14:00:00Z", 3, "5")));
  }

  @Test
  void anotherNightUpdatesDeletesAndInserts() {
    publish(firstNight());
    Map<String, RowBalance> balance = publish(secondNight());
    assertThat(balance).containsOnlyKeys("fact_sales");
    assertThat(balance.get("fact_sales")).isEqualTo(new RowBalance(5, 0, 3, 2, 0, 0, 0, 0));
    assertThat(
            Fixture.query(
                target, "SELECT sales_key, order_number FROM " + view("sales") + " ORDER BY 1"))
        .containsExactly(List.of(1L, "A"), List.of(2L, "A"), List.of(4L, "B"));
  }

  @Test
  void aLaggingWarehouseGetsTheNetChange() {
    publish(firstNight());
    Commit second = secondNight();
    Commit third =
        star.commit(
            3,
            List.of(
                sale(2, "A", 2, "2024-01-01T13:00:00Z", 2, "-5"),
                sale(4, "B", 1, "2024-01-01T14:00:00Z", 3, "5").delete()));
    assertThat(second.number()).isEqualTo(2);
    RowBalance balance = publish(third).get("fact_sales");
    assertThat(balance).as("one row a key").isEqualTo(new RowBalance(5, 0, 2, 3, 0, 0, 0, 0));
    assertThat(count("fact_sales")).isEqualTo(2);
    String net = "SELECT net_amount FROM " + target.dw("fact_sales") + " WHERE sales_key = 2";
    assertThat(Fixture.query(target, net).get(0).get(0).toString()).isEqualTo("-5.0000");
  }

  @Test
  void afterACompactionTheWarehouseMovesOnWithoutStagingAnything() throws SQLException {
    publish(firstNight());
    for (int night = 2; night <= 9; night++) {
      publish(star.commit(night, List.of(sale(1, "A", 1, "2024-01-01T09:00:00Z", 1, "" + night))));
    }
    String sums = warehouse.checksum(StarLake.ALL).get("total");
    Commit compacted = star.tables.compact("night", CLOCK.instant()).orElseThrow();
    assertThat(compacted.number()).isEqualTo(10);
    execute("DROP TABLE " + target.stg("fact_sales"));
    assertThat(publish(compacted)).isEmpty();
    assertThat(warehouse.published().orElseThrow().shows(compacted)).isTrue();
    assertThatThrownBy(() -> execute("SELECT * FROM " + target.stg("fact_sales")))
        .isInstanceOf(SQLException.class);
    assertThat(warehouse.checksum(StarLake.ALL)).containsEntry("total", sums);

    Map<String, RowBalance> next =
        publish(star.commit(11, List.of(sale(1, "A", 1, "2024-01-01T09:00:00Z", 1, "11"))));
    assertThat(next).isEqualTo(Map.of("fact_sales", RowBalance.allPassed(1)));
  }

  @Test
  void versionsAndGrainsMayChangePlaces() {
    publish(firstNight());
    long before = micros("2023-06-01T00:00:00Z");
    long moved = micros("2024-01-01T12:00:00.000001Z");
    // A late observation: key 2 becomes the middle version, key 4 starts where key 2 did.
    star.rows(StarLake.CUSTOMER, 5);
    Commit commit =
        star.commit(
            2,
            List.of(
                customer(1, 7L, "Köln", ALWAYS, before, 1),
                customer(2, 7L, "Bonn", before, moved, 2),
                customer(4, 7L, "Rom", moved, OPEN, 3),
                customer(3, 8L, null, ALWAYS, OPEN, 1).delete(),
                customer(5, 8L, "Ulm", ALWAYS, OPEN, 1),
                sale(1, "A", 2, "2024-01-01T09:00:00Z", 2, "10.5"),
                sale(2, "A", 1, "2024-01-01T13:00:00Z", 4, "-3"),
                sale(3, "B", 1, "2024-01-01T13:00:00.123456Z", 5, "1")));
    star.rows(StarLake.CUSTOMER, 6);
    Map<String, RowBalance> balance = publish(commit);
    assertThat(balance.get("fact_sales")).isEqualTo(RowBalance.allPassed(3));
    assertThat(balance.get("dim_customer")).isEqualTo(RowBalance.allPassed(5));
    assertThat(warehouse.check(commit).stream().filter(r -> !r.rule().startsWith("shows")))
        .isNotEmpty()
        .allMatch(QualityResult::passed);
    assertThat(
            Fixture.query(
                target,
                "SELECT customer_key FROM "
                    + target.dw("dim_customer")
                    + " WHERE customer_id = 7"
                    + " ORDER BY valid_from"))
        .containsExactly(List.of(1L), List.of(2L), List.of(4L));
  }

  @Test
  void anotherLakeReplacesEverything(@TempDir Path other) {
    publish(firstNight());
    StarLake foreign = new StarLake(other);
    List<StarLake.Change> changes = new java.util.ArrayList<>(StarLake.firstNight());
    changes.removeIf(c -> c.table() == StarLake.SALES && !c.values()[0].equals(1L));
    Commit commit = foreign.commit(1, changes);
    RowBalance balance = publish(warehouse, foreign, commit).get("fact_sales");
    assertThat(balance).isEqualTo(new RowBalance(3, 0, 2, 1, 0, 0, 0, 0));
    assertThat(count("fact_sales")).isEqualTo(1);
    assertThat(warehouse.published().orElseThrow().lakeId()).isEqualTo(foreign.tables.lakeId());
  }

  @Test
  void anOlderCommitIsRefused() {
    Commit first = firstNight();
    publish(secondNight());
    refused(first, ErrorCode.RUN_AHEAD);
    assertThat(warehouse.published().orElseThrow().commit()).isEqualTo(2);
  }

  @Test
  void whileAnotherSessionLoadsNobodyElseDoes() throws SQLException {
    Commit commit = firstNight();
    WarehouseDialect dialect = dialect();
    try (Connection other = target.database().connect()) {
      assertThat(dialect.tryLock(other, "loadstar." + target.schemas().get("etl"))).isTrue();
      refused(commit, ErrorCode.RUN_AHEAD);
      assertThat(count("fact_sales")).isZero();
    }
  }

  abstract WarehouseDialect dialect();

  @Test
  void whatTheWarehouseLacksIsListedAtOnce() throws SQLException {
    execute("ALTER TABLE " + target.dw("dim_customer") + " RENAME COLUMN city TO town");
    execute("ALTER TABLE " + target.dw("fact_sales") + " RENAME COLUMN net_amount TO amount");
    Commit commit = firstNight();
    assertThatThrownBy(() -> publish(commit))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_MISMATCH))
        .hasMessageContaining("dim_customer.city text")
        .hasMessageContaining("fact_sales.net_amount decimal(19,4)");
    assertThat(warehouse.published()).isEmpty();
  }

  @Test
  void aTextWiderThanItsColumnIsNamedAndNothingIsLoaded() {
    publish(firstNight());
    Commit wide = star.commit(2, List.of(customer(9, 9L, "x".repeat(4321), ALWAYS, OPEN, 1)));
    assertThatThrownBy(() -> publish(wide))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WIDTH_EXCEEDED))
        .hasMessageContaining("dim_customer.city needs 4321 characters");
    assertThat(warehouse.published().orElseThrow().commit()).isEqualTo(1);
    publish(star.commit(3, List.of(customer(9, 9L, "Ulm", ALWAYS, OPEN, 1))));
    assertThat(
            Fixture.query(
                target,
                "SELECT city FROM " + target.dw("dim_customer") + " WHERE customer_key = 9"))
        .as("what was overtaken never reaches the server")
        .containsExactly(List.of("Ulm"));
  }

  @Test
  void aFactThatLeavesTheStarIsEmptiedAndKeepsNoMemberFromGoing() {
    publish(firstNight());
    star.shapes = StarLake.ALL.stream().filter(shape -> shape != StarLake.SALES).toList();
    publish(star.commit(2, List.of(customer(3, 8L, null, ALWAYS, OPEN, 1).delete())));
    assertThat(count("fact_sales")).isZero();
    assertThat(count("dim_customer")).isEqualTo(4);
    publish(star.commit(3, List.of(customer(9, 9L, "Ulm", ALWAYS, OPEN, 1))));
    assertThat(count("dim_customer")).isEqualTo(5);
  }

  @Test
  void theAuditFindsWhatIsWrong() throws SQLException {
    Commit commit = firstNight();
    publish(commit);
    execute(
        "UPDATE "
            + target.dw("dim_customer")
            + " SET valid_from = '2024-01-01 18:00:00', is_current = false WHERE customer_key = 2");
    execute("DELETE FROM " + target.dw("fact_sales") + " WHERE sales_key = 3");
    assertThat(warehouse.check(commit).stream().filter(r -> !r.passed()))
        .extracting(r -> r.subject() + ": " + r.rule())
        .containsExactlyInAnyOrder(
            "dim_customer: versions of a member follow each other without overlap or gap",
            "dim_customer: a member has exactly one current version unless it is deleted",
            "fact_sales: shows the rows of commit 1",
            "fact_sales: every row lies in the interval of its customer_key");
  }

  @Test
  void theChecksumSeesValuesAndNotSurrogateKeys(@TempDir Path other) {
    publish(firstNight());
    Map<String, String> checksum = warehouse.checksum(StarLake.ALL);

    WarehouseTarget postgres = Fixture.target(TestPostgres.shared(), Fixture.MIGRATIONS);
    Warehouse twin = Warehouse.open(postgres, CLOCK);
    assertThat(twin.migrate()).isNotEmpty();
    StarLake renumbered = new StarLake(other);
    List<StarLake.Change> changes = new java.util.ArrayList<>();
    for (StarLake.Change change : StarLake.firstNight()) {
      Object[] values = change.values().clone();
      if (change.table() == StarLake.CUSTOMER) {
        values[0] = shifted((Long) values[0]);
        values[1] = shifted((Long) values[1]);
      } else if (change.table() == StarLake.SALES) {
        values[0] = (Long) values[0] + 1000;
        values[6] = shifted((Long) values[6]);
      }
      changes.add(new StarLake.Change(change.table(), change.op(), values));
    }
    publish(twin, renumbered, renumbered.commit(1, changes));
    assertThat(twin.checksum(StarLake.ALL)).isEqualTo(checksum);

    publish(secondNight());
    Map<String, String> later = warehouse.checksum(StarLake.ALL);
    assertThat(later.get("dim_customer")).isEqualTo(checksum.get("dim_customer"));
    assertThat(later.get("fact_sales")).isNotEqualTo(checksum.get("fact_sales"));
  }

  private static long shifted(long key) {
    return key < 0 ? key : key + 500;
  }

  @Test
  void aStateTableStaysInTheLake() {
    TableShape state =
        StarLake.shape(
            TableShape.Kind.STATE,
            "state_customer",
            TableColumn.of("customer_id", Simple.BIGINT, ColumnRole.INTERNAL));
    assertThat(warehouse.rowCounts(List.of(state))).isEmpty();
    assertThat(warehouse.checksum(List.of(state))).containsOnlyKeys("total");
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = target.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  void refused(Commit commit, ErrorCode code) {
    assertThatThrownBy(() -> publish(commit))
        .isInstanceOfSatisfying(LoadException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
