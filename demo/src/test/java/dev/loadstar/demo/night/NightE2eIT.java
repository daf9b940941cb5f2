package dev.loadstar.demo.night;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loadstar.app.command.Loadstar;
import dev.loadstar.demo.shop.Day;
import dev.loadstar.demo.shop.ShopDatabase;
import dev.loadstar.demo.shop.ShopGenerator;
import dev.loadstar.demo.shop.StoresApi;
import dev.loadstar.demo.shop.TillFiles;
import dev.loadstar.servers.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped project, night by night, through the command line on real servers. */
class NightE2eIT {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 5);
  private static final ShopGenerator SHOP = new ShopGenerator(42, 1, FIRST);

  @TempDir static Path folder;
  private static PostgresServer server;
  private static StoresApi stores;
  private static Map<String, String> environment;

  @BeforeAll
  static void startServers() throws IOException {
    server = PostgresServer.start(folder.resolve("postgres"), 0);
    List.of("shop", "warehouse", "vault").forEach(server::createDatabase);
    stores = StoresApi.start(0, "key");
    environment = new HashMap<>();
    environment.put("LOADSTAR_PROJECT", System.getProperty("loadstar.root", "..") + "/config");
    environment.put("LOADSTAR_LAKE", folder.resolve("lake").toString());
    environment.put("LOADSTAR_MASKING_KEY", "only-a-test-0123456789-0123456789-0123456789");
    environment.put("STORES_API_URL", stores.url().toString());
    environment.put("STORES_API_KEY", "key");
    environment.put("TILLS_URL", folder.resolve("tills").toString());
    database("SHOP", "shop");
    database("WAREHOUSE", "warehouse");
    database("TOKEN_VAULT", "vault");
  }

  @AfterAll
  static void stopServers() {
    stores.close();
    server.close();
  }

  @Test
  void nightsPublishAStarWhoseRowsAddUpAndRunningAgainChangesNothing() throws Exception {
    run("db", "migrate");
    night(1);
    JsonNode second = night(2);

    assertThat(second.at("/run/outcome").asText()).isEqualTo("done");
    assertThat(second.at("/run/balance")).isNotEmpty();
    second.at("/run/balance").forEach(NightE2eIT::requireEven);
    assertThat(Files.readString(Path.of(path(second.at("/report").asText()))))
        .contains("Night of 2026-01-06")
        .doesNotContain("http://", "https://", "<script");
    String sums = run("db", "checksum", "--output", "json");
    run("check", "--date", "2026-01-06");

    run("run", "--date", "2026-01-06");
    assertThat(run("db", "checksum", "--output", "json")).isEqualTo(sums);

    for (String table : List.of("bi.sales", "bi.customer", "bi.product")) {
      assertThat(count(table)).as(table).isPositive();
    }
  }

  private static JsonNode night(int number) throws Exception {
    Day day = SHOP.day(number);
    try (Connection connection = connect("shop")) {
      ShopDatabase.apply(connection, day);
    }
    stores.setDay(day);
    TillFiles.write(folder.resolve("tills"), day);
    return new ObjectMapper()
        .readTree(run("run", "--date", day.date().toString(), "--output", "json"));
  }

  private static void requireEven(JsonNode hop) {
    JsonNode rows = hop.get("rows");
    long out = 0;
    for (String way :
        List.of("passed", "unchanged", "deduplicated", "filtered", "quarantined", "waiting")) {
      out += rows.get(way).asLong();
    }
    assertThat(rows.get("read").asLong() + rows.get("released").asLong())
        .as(hop.toString())
        .isEqualTo(out);
  }

  private static String run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--verbose");
    int exit =
        Loadstar.run(
            all.toArray(String[]::new),
            environment,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(exit).as(err.toString(StandardCharsets.UTF_8)).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String path(String uri) {
    return uri.startsWith("file:") ? java.net.URI.create(uri).getPath() : uri;
  }

  private static long count(String table) throws SQLException {
    try (Connection connection = connect("warehouse");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(database), server.user(), server.password());
  }

  private static void database(String prefix, String database) {
    environment.put(prefix + "_URL", server.jdbcUrl(database));
    environment.put(prefix + "_USER", server.user());
    environment.put(prefix + "_PASSWORD", server.password());
  }
}
