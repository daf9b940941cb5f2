package dev.loadstar.demo.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestMySql;
import dev.loadstar.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source in which {@code abc} and {@code ABC} are one reader: so they are in the star. */
class LooseKeysE2eIT {
  private static final String LIBRARY = "demo/src/test/resources/projects/lending";

  @TempDir Path folder;

  @Test
  void spellingsThatAreEqualInTheSourceAreOneMemberOnBothEngines() throws Exception {
    Deployment postgres = nights(TestPostgres.shared(), "citext", "TIMESTAMPTZ");
    Deployment mysql =
        nights(
            TestMySql.shared(),
            "VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
            "TIMESTAMP");

    assertThat(mysql.checksum()).isEqualTo(postgres.checksum());
  }

  private Deployment nights(TestDatabase server, String code, String instant) throws SQLException {
    String url = server.freshDatabase();
    if (server.engine().equals("postgresql")) {
      sql(server, url, "CREATE EXTENSION citext");
    }
    sql(
        server,
        url,
        "CREATE TABLE readers (code %s PRIMARY KEY, name VARCHAR(20), updated_at %s NULL)"
            .formatted(code, instant),
        """
        CREATE TABLE loans (number BIGINT PRIMARY KEY, reader_code %s, at %s NULL, quantity INT,
          updated_at %s NULL, CONSTRAINT of_reader FOREIGN KEY (reader_code) REFERENCES readers (code))
        """
            .formatted(code, instant, instant),
        """
        CREATE TABLE visits (number BIGINT PRIMARY KEY, reader_code %s, at %s NULL, quantity INT,
          updated_at %s NULL)
        """
            .formatted(code, instant, instant),
        "INSERT INTO readers VALUES ('abc', 'Ann', '2026-01-05 08:00:00')",
        """
        INSERT INTO loans VALUES (1, 'abc', '2026-01-05 09:00:00', 1, '2026-01-05 09:00:00'),
          (2, 'ABC', '2026-01-05 10:00:00', 2, '2026-01-05 10:00:00')
        """,
        "INSERT INTO visits VALUES (1, 'Abc', '2026-01-05 10:00:00', 1, '2026-01-05 10:00:00')");
    Deployment deployment =
        Deployment.of(
            folder.resolve(server.engine()),
            LIBRARY,
            server,
            Map.of(
                "LIBRARY_URL", url,
                "LIBRARY_USER", server.user(),
                "LIBRARY_PASSWORD", server.password()));
    deployment.call("db", "migrate").exits(0);
    deployment.call("run", "--date", "2026-01-05").exits(0);
    requireOneReader(deployment, 3);

    sql(
        server,
        url,
        "INSERT INTO loans VALUES (3, 'aBc', '2026-01-06 09:00:00', 4, '2026-01-06 09:00:00')",
        "UPDATE readers SET name = 'Anna', updated_at = '2026-01-06 08:00:00' WHERE code = 'ABC'");
    deployment.call("run", "--date", "2026-01-06").exits(0);
    requireOneReader(deployment, 4);
    deployment.call("check", "--date", "2026-01-06").exits(0);
    return deployment;
  }

  private static void requireOneReader(Deployment deployment, long facts) throws SQLException {
    assertThat(deployment.number("SELECT count(*) FROM {dw}.dim_reader WHERE reader_key > 0"))
        .isEqualTo(1);
    assertThat(
            deployment.number(
                """
                SELECT count(*) FROM {dw}.fact_events f JOIN {dw}.dim_reader r USING (reader_key)
                WHERE r.code = 'abc' AND NOT r.is_inferred\
                """))
        .isEqualTo(facts);
  }

  private static void sql(TestDatabase server, String url, String... statements)
      throws SQLException {
    try (Connection connection = server.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          server.engine().equals("postgresql")
              ? "SET TIME ZONE 'UTC'"
              : "SET time_zone = '+00:00'");
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
