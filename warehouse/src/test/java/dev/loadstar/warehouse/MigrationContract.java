package dev.loadstar.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.testing.TestDatabase;
import dev.loadstar.warehouse.migration.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrating a warehouse of the shipped project. */
abstract class MigrationContract {
  abstract TestDatabase server();

  @Test
  void anEmptyServerGetsLedgerAndStarOnce() {
    WarehouseTarget target = Fixture.target(server(), Fixture.MIGRATIONS);
    Migrations migrations = new Migrations(target);
    assertThat(migrations.pending())
        .containsExactly(
            "V001__ledger.sql",
            "V002__commit_identity.sql",
            "V003__keys_of_a_first_publication.sql",
            "V001__star.sql",
            "V002__views.sql");
    assertThatThrownBy(migrations::requireMigrated)
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("loadstar db migrate");

    assertThat(migrations.migrate())
        .containsExactly(
            "V001__ledger.sql",
            "V002__commit_identity.sql",
            "V003__keys_of_a_first_publication.sql",
            "V001__star.sql",
            "V002__views.sql");
    assertThat(migrations.migrate()).isEmpty();
    migrations.requireMigrated();
  }

  /** As the Flyway command line runs them, by the options that the README names. */
  @Test
  void flywayAloneDoesTheSame() throws SQLException {
    WarehouseTarget target = Fixture.target(server(), Fixture.MIGRATIONS);
    try (Connection connection = target.database().connect();
        Statement statement = connection.createStatement()) {
      for (String schema : target.schemas().values()) {
        statement.execute("CREATE SCHEMA " + schema + charset());
      }
    }
    flyway(target, "loadstar_schema_history", "loadstar/" + server().engine());
    flyway(target, "project_schema_history", server().engine());

    assertThat(new Migrations(target).pending()).isEmpty();
    assertThat(new Migrations(target).migrate()).isEmpty();
  }

  private String charset() {
    return server().engine().equals("mysql") ? " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin" : "";
  }

  private void flyway(WarehouseTarget target, String history, String folder) {
    Flyway.configure()
        .dataSource(target.database().url(), server().user(), server().password())
        .defaultSchema(target.schemas().get("etl"))
        .placeholders(target.schemas())
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .table(history)
        .locations("filesystem:" + Fixture.MIGRATIONS.resolve(folder))
        .load()
        .migrate();
  }

  @Test
  void viewsAreEmptyUntilSomethingWasPublished() throws SQLException {
    WarehouseTarget target = Fixture.target(server(), Fixture.MIGRATIONS);
    new Migrations(target).migrate();
    try (Connection connection = target.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO "
              + target.dw("dim_date")
              + " (date_key, date) VALUES (20240101,"
              + " '2024-01-01'), (-1, NULL)");
      String count =
          "SELECT count(*) FROM "
              + target.database().engine().name(target.schemas().get("bi"), "date");
      assertThat(Fixture.number(target, count)).isZero();
      statement.execute(
          "INSERT INTO "
              + target.etl("publication")
              + " (id, lake_id, commit_number, run_id, business_date, published_at)"
              + " VALUES (1, 'lake', 1, 'run', '2024-01-01', '2024-01-02 00:00:00')");
      assertThat(Fixture.number(target, count)).isEqualTo(1);
      for (String view :
          new String[] {
            "sales", "customer", "customer_history", "product", "location", "freshness"
          }) {
        String all = target.database().engine().name(target.schemas().get("bi"), view);
        assertThat(Fixture.query(target, "SELECT * FROM " + all))
            .hasSize(view.equals("freshness") ? 1 : 0);
      }
    }
  }

  @Test
  void aFailingMigrationNamesFileAndLineAndNoValue(@TempDir Path folder) throws IOException {
    Path files = Files.createDirectories(folder.resolve(server().engine()));
    Files.writeString(
        files.resolve("V001__broken.sql"),
        "CREATE TABLE ${dw}.fine (a INT);\n\n"
            + "INSERT INTO ${dw}.missing VALUES ('planted-value');\n");
    WarehouseTarget target = Fixture.target(server(), folder);
    assertThatThrownBy(() -> new Migrations(target).migrate())
        .isInstanceOfSatisfying(
            LoadException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.MIGRATION_FAILED);
              assertThat(e.getMessage())
                  .contains("V001__broken.sql:3")
                  .doesNotContain("planted-value");
            });
  }
}
