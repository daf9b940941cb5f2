package dev.loadstar.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.tables.Commit;
import dev.loadstar.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the audit says of versions; customer 7 has two, the second from noon on. */
abstract class AuditContract {
  private static final String GAP =
      "dim_customer: versions of a member follow each other without overlap or gap";
  private static final String CURRENT =
      "dim_customer: a member has exactly one current version unless it is deleted";

  @TempDir Path folder;
  private WarehouseTarget target;
  private Warehouse warehouse;
  private Commit commit;

  abstract TestDatabase server();

  @BeforeEach
  void publish() {
    target = Fixture.target(server(), Fixture.MIGRATIONS);
    warehouse = Warehouse.open(target, Clock.systemUTC());
    warehouse.migrate();
    StarLake star = new StarLake(folder);
    star.rows(StarLake.CUSTOMER, 5);
    star.rows(StarLake.DATE, 3);
    star.rows(StarLake.PRODUCT, 2);
    star.rows(StarLake.LOCATION, 2);
    star.rows(StarLake.SALES, 3);
    commit = star.commit(1, StarLake.firstNight());
    PublishContract.publish(warehouse, star, commit);
    assertThat(broken()).isEmpty();
  }

  private List<String> broken() {
    return warehouse.check(commit).stream()
        .filter(result -> !result.passed())
        .map((QualityResult result) -> result.subject() + ": " + result.rule())
        .toList();
  }

  private void customer(long key, String assignments) throws SQLException {
    try (Connection connection = target.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE %s SET %s WHERE customer_key = %d"
              .formatted(target.dw("dim_customer"), assignments, key));
    }
  }

  @Test
  void aMemberThatWasDeletedAndCameBackHasALegalGap() throws SQLException {
    customer(1, "valid_to = '2024-01-01 10:00:00', is_deleted = true");
    assertThat(broken()).isEmpty();
  }

  @Test
  void aGapAfterALiveVersionIsFound() throws SQLException {
    customer(1, "valid_to = '2024-01-01 10:00:00'");
    assertThat(broken()).containsExactly(GAP);
  }

  @Test
  void anOverlapIsFoundEvenAfterADeletion() throws SQLException {
    customer(1, "valid_to = '2024-01-01 12:00:00.000002', is_deleted = true");
    assertThat(broken()).containsExactly(GAP);
  }

  @Test
  void whoWasDeletedOnceMayNotLackACurrentVersionAfterComingBack() throws SQLException {
    customer(1, "valid_to = '2024-01-01 10:00:00', is_deleted = true");
    customer(2, "is_current = false");
    assertThat(broken()).containsExactly(CURRENT);
    customer(2, "is_deleted = true");
    assertThat(broken()).as("and was deleted again").isEmpty();
  }

  @Test
  void onlyTheLastVersionMayBeCurrent() throws SQLException {
    customer(1, "is_current = true");
    assertThat(broken()).containsExactly(CURRENT);
    customer(2, "is_current = false");
    assertThat(broken()).containsExactly(CURRENT);
  }
}
