package dev.loadstar.warehouse;

import static dev.loadstar.warehouse.StarLake.ALWAYS;
import static dev.loadstar.warehouse.StarLake.OPEN;
import static dev.loadstar.warehouse.StarLake.customer;
import static dev.loadstar.warehouse.StarLake.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.tables.Commit;
import dev.loadstar.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A publish transaction in which the server refuses one statement, from the first to the last. */
abstract class RefusedTransactionContract {
  @TempDir Path folder;
  private WarehouseTarget target;
  private Warehouse warehouse;
  private StarLake star;

  abstract TestDatabase server();

  @BeforeEach
  void showTheFirstNight() {
    target = Fixture.target(server(), Fixture.MIGRATIONS);
    warehouse = Warehouse.open(target, Clock.systemUTC());
    warehouse.migrate();
    star = new StarLake(folder);
    star.rows(StarLake.CUSTOMER, 5);
    star.rows(StarLake.DATE, 3);
    star.rows(StarLake.PRODUCT, 2);
    star.rows(StarLake.LOCATION, 2);
    star.rows(StarLake.SALES, 3);
    PublishContract.publish(warehouse, star, star.commit(1, StarLake.firstNight()));
  }

  private Commit secondNight() {
    star.rows(StarLake.CUSTOMER, 6);
    return star.commit(
        2,
        List.of(
            customer(3, 8L, "planted", ALWAYS, OPEN, 1),
            customer(9, 9L, "Ulm", ALWAYS, OPEN, 1),
            sale(2, "A", 2, "2024-01-01T13:00:00Z", 2, "-4"),
            sale(3, "B", 1, "2024-01-01T13:00:00.123456Z", 3, "0").delete(),
            sale(4, "B", 1, "2024-01-01T14:00:00Z", 9, "5")));
  }

  /** Each condition holds for what is there and not for one statement of the second night. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dw | dim_customer | city <> 'planted'",
        "dw | dim_customer | customer_key < 9",
        "dw | fact_sales | net_amount <> -4",
        "dw | fact_sales | sales_key < 4",
        "etl | run | run_id <> 'run-2'",
        "etl | load | commit_number < 2",
        "etl | balance | run_id <> 'run-2'",
        "etl | publication | commit_number < 2",
      })
  void leavesAllAsItWasAndIsPublishedOnceItIsAllowed(String schema, String name, String condition)
      throws SQLException {
    String table = schema.equals("dw") ? target.dw(name) : target.etl(name);
    String checksum = warehouse.checksum(StarLake.ALL).get("total");
    List<List<Object>> shown = ledger();
    Commit second = secondNight();
    execute("ALTER TABLE " + table + " ADD CONSTRAINT refused CHECK (" + condition + ")");

    assertThatThrownBy(() -> PublishContract.publish(warehouse, star, second))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL))
        .hasMessageContaining("the server refused a statement")
        .hasMessageNotContaining("planted");
    assertThat(warehouse.checksum(StarLake.ALL)).containsEntry("total", checksum);
    assertThat(ledger()).isEqualTo(shown);

    execute("ALTER TABLE " + table + " DROP CONSTRAINT refused");
    PublishContract.publish(warehouse, star, second);
    assertThat(warehouse.check(second)).allMatch(result -> result.passed());
    assertThat(warehouse.published().orElseThrow().commit()).isEqualTo(2);
  }

  private List<List<Object>> ledger() {
    return Fixture.query(
        target,
        "SELECT p.commit_number, (SELECT COUNT(*) FROM %s), (SELECT COUNT(*) FROM %s), (SELECT COUNT(*) FROM %s) FROM %s p"
            .formatted(
                target.etl("run"),
                target.etl("load"),
                target.etl("balance"),
                target.etl("publication")));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = target.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
