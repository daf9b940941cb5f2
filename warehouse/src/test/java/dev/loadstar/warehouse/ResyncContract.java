package dev.loadstar.warehouse;

import static dev.loadstar.warehouse.StarLake.ALWAYS;
import static dev.loadstar.warehouse.StarLake.OPEN;
import static dev.loadstar.warehouse.StarLake.customer;
import static dev.loadstar.warehouse.StarLake.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A warehouse that somebody changed, or that shows a history which its lake lost. */
abstract class ResyncContract {
  private static final Set<String> ALL =
      StarLake.ALL.stream().map(TableShape::name).collect(Collectors.toSet());

  @TempDir Path folder;
  private WarehouseTarget target;
  private Warehouse warehouse;
  private StarLake star;
  private Commit commit;

  abstract TestDatabase server();

  /** The statement that takes away a foreign key, or an index. */
  abstract String drop(String table, String foreignKeyOrEmpty, String indexOrEmpty);

  @BeforeEach
  void publish() {
    target = Fixture.target(server(), Fixture.MIGRATIONS);
    warehouse = Warehouse.open(target, Clock.systemUTC());
    warehouse.migrate();
    star = lake("lake", 5, 3);
    commit = star.commit(1, StarLake.firstNight());
    PublishContract.publish(warehouse, star, commit);
    assertThat(broken()).isEmpty();
  }

  private StarLake lake(String name, int customers, int sales) {
    StarLake lake = new StarLake(folder.resolve(name));
    lake.rows(StarLake.CUSTOMER, customers);
    lake.rows(StarLake.DATE, 3);
    lake.rows(StarLake.PRODUCT, 2);
    lake.rows(StarLake.LOCATION, 2);
    lake.rows(StarLake.SALES, sales);
    return lake;
  }

  @Test
  void whatWasChangedByHandIsCountedAndMended() throws SQLException {
    String sums = warehouse.checksum(StarLake.ALL).get("total");
    change("UPDATE fact_sales SET net_amount = 0 WHERE sales_key = 1");
    change("DELETE FROM fact_sales WHERE sales_key = 2");
    change("UPDATE fact_sales SET sales_key = 900 WHERE sales_key = 3");
    change("UPDATE dim_customer SET city = NULL");
    change("UPDATE dim_date SET date_key = 20240102 WHERE date_key = -1");

    assertThat(broken())
        .contains(
            "fact_sales holds row by row what commit 1 holds: 2 missing, 1 too many, 1 different",
            "dim_customer holds row by row what commit 1 holds: 0 missing, 0 too many, 2 different",
            "dim_date holds row by row what commit 1 holds: 1 missing, 1 too many, 0 different");

    warehouse.publish(star.tables, commit, PublishContract.run("resync"), ALL);
    assertThat(broken()).isEmpty();
    assertThat(warehouse.checksum(StarLake.ALL)).containsEntry("total", sums);
  }

  @Test
  void aColumnThatLeftIsEmptiedAndHoldsWhatTheCommitHoldsWhenItComesBack() throws SQLException {
    star.shapes = with(withoutCity());
    PublishContract.publish(warehouse, star, star.commit(2, List.of()));
    assertThat(cities()).containsOnlyNulls();

    change("UPDATE dim_customer SET city = 'stray'");
    star.shapes = StarLake.ALL;
    commit = star.commit(3, List.of(customer(3, 8L, "Ulm", ALWAYS, OPEN, 1)));
    PublishContract.publish(warehouse, star, commit);
    assertThat(cities()).containsExactlyInAnyOrder("Ulm", null, null, null, null);
    assertThat(broken()).isEmpty();
  }

  private List<Object> cities() {
    return Fixture.query(target, "SELECT city FROM " + target.dw("dim_customer")).stream()
        .map(row -> row.get(0))
        .toList();
  }

  private static List<TableShape> with(TableShape customer) {
    return StarLake.ALL.stream()
        .map(shape -> shape.name().equals(customer.name()) ? customer : shape)
        .toList();
  }

  private static TableShape withoutCity() {
    return StarLake.shape(
        TableShape.Kind.DIMENSION,
        "dim_customer",
        StarLake.CUSTOMER.columns().stream()
            .filter(column -> !column.name().equals("city"))
            .toArray(TableColumn[]::new));
  }

  @Test
  void oneTableIsMendedAndTheOthersAreLeft() throws SQLException {
    change("UPDATE dim_customer SET city = 'x'");
    change("DELETE FROM fact_sales");
    warehouse.publish(star.tables, commit, PublishContract.run("resync"), Set.of("dim_customer"));
    assertThat(broken())
        .allMatch(line -> line.startsWith("fact_sales "))
        .anyMatch(line -> line.endsWith("3 missing, 0 too many, 0 different"));
  }

  @Test
  void keysThatWereDroppedAreFound() throws SQLException {
    execute(drop(target.dw("fact_sales"), "fact_sales_product_fk", ""));
    execute(drop(target.dw("fact_sales"), "", "fact_sales_product"));
    execute(drop(target.dw("dim_product"), "", "dim_product_version"));
    assertThat(broken())
        .containsExactlyInAnyOrder(
            "fact_sales has its foreign key product_key to dim_product: missing",
            "fact_sales has an index on product_key: missing",
            "dim_product has UNIQUE (product_id, valid_from): missing");
  }

  /** The lost history gave keys 4 and 5 to members 9 and 10, the new one the other way round. */
  @Test
  void aHistoryThatTheLakeLostGivesWayToItsOwn() throws IOException {
    copy(folder.resolve("lake"), folder.resolve("restored"));
    star.rows(StarLake.CUSTOMER, 7);
    star.rows(StarLake.SALES, 4);
    PublishContract.publish(warehouse, star, star.commit(2, added(9, 10, "A")));

    StarLake restored = lake("restored", 7, 4);
    Commit other = restored.commit(2, added(10, 9, "B"));
    assertThatThrownBy(() -> PublishContract.publish(warehouse, restored, other))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.COMMIT_UNKNOWN))
        .hasMessageContaining("load --resync");

    warehouse.publish(restored.tables, other, PublishContract.run("resync"), ALL);
    assertThat(warehouse.checkDeep(restored.tables, other)).allMatch(QualityResult::passed);
    WarehouseTarget fresh = Fixture.target(server(), Fixture.MIGRATIONS);
    Warehouse twin = Warehouse.open(fresh, Clock.systemUTC());
    twin.migrate();
    PublishContract.publish(twin, restored, other);
    assertThat(warehouse.checksum(StarLake.ALL)).isEqualTo(twin.checksum(StarLake.ALL));
  }

  private static List<StarLake.Change> added(long one, long other, String order) {
    return new ArrayList<>(
        List.of(
            customer(4, one, "Ulm", ALWAYS, OPEN, 1),
            customer(5, other, "Bonn", ALWAYS, OPEN, 1),
            sale(4, order, 3, "2024-01-01T14:00:00Z", 4, "1")));
  }

  private List<String> broken() {
    return warehouse.checkDeep(star.tables, commit).stream()
        .filter(result -> !result.passed())
        .map((QualityResult r) -> r.subject() + " " + r.rule() + ": " + r.found())
        .toList();
  }

  /** A statement whose table is told by its plain name. */
  private void change(String sql) throws SQLException {
    String table = sql.replaceAll("^(?:UPDATE|DELETE FROM) (\\w+).*", "$1");
    execute(sql.replaceFirst(table, java.util.regex.Matcher.quoteReplacement(target.dw(table))));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = target.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }
}
