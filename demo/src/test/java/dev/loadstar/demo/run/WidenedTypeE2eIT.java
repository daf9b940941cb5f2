package dev.loadstar.demo.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestMySql;
import dev.loadstar.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Types that grow in the nights in which facts are cancelled: whenever a warehouse catches up, it
 * shows the same.
 */
class WidenedTypeE2eIT {
  private static final String LIBRARY = "demo/src/test/resources/projects/lending";
  private static final TestDatabase SOURCE = TestPostgres.shared();

  @TempDir Path folder;

  @Test
  void warehousesThatFollowThatLagAndThatAreNewShowTheSame() throws Exception {
    String url = SOURCE.freshDatabase();
    source(
        url,
        "CREATE TABLE readers (code TEXT PRIMARY KEY, name TEXT, age INT, updated_at TIMESTAMPTZ)",
        "CREATE TABLE loans (number BIGINT PRIMARY KEY, reader_code TEXT, at TIMESTAMPTZ,"
            + " quantity INT, updated_at TIMESTAMPTZ)",
        "CREATE TABLE visits (LIKE loans INCLUDING ALL)",
        "INSERT INTO readers VALUES ('a', 'Ann', 30, '2026-01-05 08:00Z'),"
            + " ('b', 'Bob', 40, '2026-01-05 08:00Z')",
        "INSERT INTO loans VALUES (1, 'a', '2026-01-05 09:00Z', 1, '2026-01-05 09:00Z'),"
            + " (2, 'b', '2026-01-05 10:00Z', 2, '2026-01-05 10:00Z'),"
            + " (3, 'b', '2026-01-05 11:00Z', 3, '2026-01-05 11:00Z')",
        "INSERT INTO visits VALUES (1, 'a', '2026-01-05 10:00Z', 1, '2026-01-05 10:00Z')");
    Deployment nightly =
        Deployment.of(
            folder.resolve("nightly"),
            LIBRARY,
            TestPostgres.shared(),
            Map.of(
                "LIBRARY_URL",
                url,
                "LIBRARY_USER",
                SOURCE.user(),
                "LIBRARY_PASSWORD",
                SOURCE.password()));
    nightly.edit("star-schema.yaml", "type_1: [name]", "type_1: [name]\n    type_2: [age]");
    nightly.edit(
        "star-schema.yaml",
        "{ set: { kind: loan } }",
        "{ set: { kind: loan }, cancelled_when: quantity = 0 }");
    Deployment nightlyMySql = beside(nightly, TestMySql.shared(), "nightly-mysql");
    List<Deployment> following = List.of(nightly, nightlyMySql);
    List<Deployment> lagging =
        List.of(
            beside(nightly, TestPostgres.shared(), "lagging"),
            beside(nightly, TestMySql.shared(), "lagging-mysql"));
    nightly.call("db", "migrate").exits(0);
    night("2026-01-05", following);
    for (Deployment each : lagging) {
      each.call("load").exits(0);
    }
    assertThat(facts(nightly)).isEqualTo(4);

    source(
        url,
        "ALTER TABLE readers ALTER COLUMN age TYPE BIGINT",
        "ALTER TABLE loans ALTER COLUMN quantity TYPE BIGINT",
        "UPDATE readers SET age = 3000000000, updated_at = '2026-01-06 08:00Z' WHERE code = 'a'",
        "UPDATE loans SET quantity = 0, updated_at = '2026-01-06 09:00Z' WHERE number = 2");
    night("2026-01-06", following);
    assertThat(facts(nightly)).as("the cancelled one is gone").isEqualTo(3);
    assertThat(nightly.number("SELECT max(age) FROM {dw}.dim_reader")).isEqualTo(3_000_000_000L);

    nightly.edit("star-schema.yaml", "quantity: int", "quantity: bigint");
    for (Deployment each : Stream.concat(following.stream(), lagging.stream()).toList()) {
      widen(each);
    }
    source(
        url,
        "UPDATE loans SET quantity = 0, updated_at = '2026-01-07 09:00Z' WHERE number = 3",
        "UPDATE loans SET quantity = 4000000000, updated_at = '2026-01-07 09:00Z' WHERE number ="
            + " 1");
    night("2026-01-07", following);
    assertThat(facts(nightly)).isEqualTo(2);
    assertThat(nightly.number("SELECT max(quantity) FROM {dw}.fact_events"))
        .isEqualTo(4_000_000_000L);

    String sums = nightly.checksum();
    for (Deployment each : lagging) {
      each.call("load").exits(0);
    }
    List<Deployment> fresh =
        List.of(
            beside(nightly, TestPostgres.shared(), "new"),
            beside(nightly, TestMySql.shared(), "new-mysql"));
    for (Deployment each : fresh) {
      widen(each);
      each.call("load").exits(0);
    }
    for (Deployment each : Stream.of(following, lagging, fresh).flatMap(List::stream).toList()) {
      assertThat(each.checksum()).as(each.folder().getFileName().toString()).isEqualTo(sums);
      each.call("check", "--deep", "--date", "2026-01-07").exits(0);
    }
  }

  private Deployment beside(Deployment nightly, TestDatabase server, String name) {
    Deployment beside = nightly.withWarehouse(server, folder.resolve(name));
    beside.call("db", "migrate").exits(0);
    return beside;
  }

  /** A run publishes to the first; the others load. */
  private static void night(String date, List<Deployment> warehouses) {
    warehouses.get(0).call("run", "--date", date).exits(0);
    warehouses.subList(1, warehouses.size()).forEach(each -> each.call("load").exits(0));
  }

  private static long facts(Deployment deployment) throws SQLException {
    return deployment.number("SELECT count(*) FROM {dw}.fact_events");
  }

  /** As a migration would. */
  private static void widen(Deployment warehouse) throws SQLException {
    String change =
        warehouse.server().engine().equals("mysql")
            ? "MODIFY quantity BIGINT NOT NULL"
            : "ALTER COLUMN quantity TYPE BIGINT";
    try (Connection connection = warehouse.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(warehouse.named("ALTER TABLE {dw}.fact_events " + change));
    }
  }

  private static void source(String url, String... statements) throws SQLException {
    try (Connection connection = SOURCE.connect(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
