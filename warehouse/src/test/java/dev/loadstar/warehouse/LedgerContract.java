package dev.loadstar.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.tables.Commit;
import dev.loadstar.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger outlives the loader that wrote its first rows. */
abstract class LedgerContract {
  private static final String[] TABLES = {
    "run", "load", "balance", "quality_result", "publication"
  };

  abstract TestDatabase server();

  @Test
  void aColumnThatALaterMigrationAddsBreaksNothing(@TempDir Path folder) throws SQLException {
    WarehouseTarget target = Fixture.target(server(), Fixture.MIGRATIONS);
    Warehouse warehouse = Warehouse.open(target, Clock.systemUTC());
    warehouse.migrate();
    try (Connection connection = target.database().connect();
        Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.execute("ALTER TABLE " + target.etl(table) + " ADD COLUMN later_on INT NULL");
      }
    }
    StarLake star = new StarLake(folder);
    Commit commit = star.commit(1, StarLake.firstNight());
    assertThat(PublishContract.publish(warehouse, star, commit)).isNotEmpty();
    for (String table : TABLES) {
      assertThat(Fixture.number(target, "SELECT COUNT(*) FROM " + target.etl(table)))
          .as(table)
          .isPositive();
    }
    assertThat(warehouse.published().orElseThrow().commit()).isOne();
  }
}
