package dev.loadstar.demo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestMySql;
import dev.loadstar.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example project on traders of our own, who keep their books in tables of the same shape; and
 * on the sample database that it is for, which does not come with it.
 */
class NorthwindE2eIT {
  /** Environment variable or system property: the path of {@code northwind.sql}. */
  private static final String DUMP = "LOADSTAR_NORTHWIND_DUMP";

  private static final String DATE = "1998-05-07";
  private static final String NEXT_DATE = "1998-05-08";

  /** The query and its answer stand in the example's README. */
  private static final String TOTALS =
      """
      SELECT count(DISTINCT order_id), count(*), sum(quantity), round(sum(gross_amount), 2),
        round(sum(net_amount), 2)
      FROM {bi}.sales\
      """;

  private static final String NORTHWIND = "830 | 2155 | 51317 | 1354458.59 | 1265793.04";

  /** The same of the source, where a price is its shortest decimal, as it is written. */
  private static final String SOURCE_TOTALS =
      """
      SELECT count(DISTINCT order_id), count(*), sum(quantity), round(sum(gross), 2),
        round(sum(gross * (1 - discount)), 2)
      FROM (
        SELECT order_id, quantity, quantity * unit_price::text::decimal AS gross,
          discount::text::decimal AS discount
        FROM order_details) lines\
      """;

  @TempDir Path folder;

  @Test
  void everyOrderLineOfTradersOfThatShapeArrivesOnBothEngines() throws Exception {
    Path traders = Deployment.root().resolve("demo/src/test/resources/northwind/traders.sql");
    String totals = load(traders);
    assertThat(totals).startsWith("200 | ");
  }

  @Test
  void everyOrderLineOfNorthwindArrivesOnBothEngines() throws Exception {
    assertThat(load(Path.of(requireDump()))).isEqualTo(NORTHWIND);
  }

  /** Two nights, the second with nothing new, and what both warehouses say of the first. */
  private String load(Path dump) throws Exception {
    TestDatabase source = TestPostgres.shared();
    String url = filled(source, dump);
    Map<String, String> northwind =
        Map.of(
            "NORTHWIND_URL", url,
            "NORTHWIND_USER", source.user(),
            "NORTHWIND_PASSWORD", source.password());
    Deployment postgres =
        Deployment.of(
            folder.resolve("postgres"), "examples/northwind", TestPostgres.shared(), northwind);
    Deployment mysql = postgres.withWarehouse(TestMySql.shared(), folder.resolve("mysql"));
    for (Deployment each : List.of(postgres, mysql)) {
      each.call("db", "migrate").exits(0);
    }
    postgres.call("run", "--date", DATE).exits(0);
    mysql.call("load", "--date", DATE).exits(0);

    String totals;
    try (Connection connection = source.connect(url)) {
      totals = line(connection, SOURCE_TOTALS);
    }
    for (Deployment each : List.of(postgres, mysql)) {
      assertThat(line(each, TOTALS)).as(each.server().engine()).isEqualTo(totals);
      assertThat(
              each.number(
                  """
                  SELECT count(*) FROM {dw}.fact_sales
                  WHERE date_key < 0 OR customer_key < 0 OR product_key < 0 OR employee_key < 0
                    OR shipper_key < 0\
                  """))
          .as(each.server().engine())
          .isZero();
    }
    String sums = postgres.checksum();
    assertThat(mysql.checksum()).isEqualTo(sums);

    for (String date : List.of(DATE, NEXT_DATE)) {
      postgres.call("run", "--date", date).exits(0);
      mysql.call("load", "--date", date).exits(0);
      assertThat(postgres.checksum()).as(date).isEqualTo(sums);
      assertThat(mysql.checksum()).as(date).isEqualTo(sums);
    }
    return totals;
  }

  /** Skips the test without one; the build does not print why a test was skipped, so this does. */
  private static String requireDump() {
    String dump = System.getProperty(DUMP, System.getenv().getOrDefault(DUMP, ""));
    String skipped =
        "NorthwindE2eIT is skipped: set the environment variable or system property "
            + DUMP
            + " to the path of northwind.sql.";
    if (dump.isEmpty()) {
      System.out.println(skipped);
    }
    assumeTrue(!dump.isEmpty(), skipped);
    return dump;
  }

  /** The driver takes a whole dump apart; braces in its texts are not for the driver. */
  private static String filled(TestDatabase server, Path dump) throws IOException, SQLException {
    String url = server.freshDatabase();
    try (Connection connection = server.connect(url);
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(Files.readString(dump));
    }
    return url;
  }

  private static String line(Deployment deployment, String sql) throws SQLException {
    try (Connection connection = deployment.connect()) {
      return line(connection, deployment.named(sql));
    }
  }

  private static String line(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      StringBuilder line = new StringBuilder(rows.getString(1));
      for (int i = 2; i <= rows.getMetaData().getColumnCount(); i++) {
        line.append(" | ").append(rows.getString(i));
      }
      return line.toString();
    }
  }
}
