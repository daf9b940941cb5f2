package dev.loadstar.bench.emptyrun;

import dev.loadstar.bench.harness.ChildProcess;
import dev.loadstar.bench.harness.ProcessMeter;
import dev.loadstar.demo.shop.Day;
import dev.loadstar.demo.shop.ShopDatabase;
import dev.loadstar.demo.shop.ShopGenerator;
import dev.loadstar.demo.shop.StoresApi;
import dev.loadstar.demo.shop.TillFiles;
import dev.loadstar.servers.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The retail shop of the demo with its servers, and the command line that loads it. */
final class ShopFloor implements AutoCloseable {
  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 3, 2);
  private static final String API_KEY = "bench";

  private final Path command = Path.of("loadstar").toAbsolutePath();
  private final Path project = Path.of("config").toAbsolutePath();
  private final Path folder;
  private final PostgresServer server;
  private final StoresApi stores;

  ShopFloor(Path folder, int scale) throws IOException, SQLException {
    this.folder = folder;
    server = PostgresServer.start(null, 0);
    stores = StoresApi.start(0, API_KEY);
    for (String database : List.of("shop", "warehouse", "vault")) {
      server.createDatabase(database);
    }
    Day day = new ShopGenerator(42, scale, FIRST_DAY).day(1);
    stores.setDay(day);
    TillFiles.write(folder.resolve("tills"), day);
    try (Connection connection = connect("shop")) {
      ShopDatabase.apply(connection, day);
    }
  }

  void migrate() throws IOException, InterruptedException {
    call("db", "migrate");
  }

  /** The night of the first day; again and again when called so. */
  void night() throws IOException, InterruptedException {
    call("run", "--date", FIRST_DAY.toString());
  }

  /** Facts that the warehouse shows. */
  long facts() throws SQLException {
    try (Connection connection = connect("warehouse");
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT count(*) FROM bi.sales")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The main process of the server that holds the shop, the warehouse and the vault. */
  long serverPid() throws SQLException {
    try (Connection connection = connect("warehouse");
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      return ProcessMeter.parentOf(row.getLong(1));
    }
  }

  @Override
  public void close() {
    stores.close();
    server.close();
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(database), server.user(), server.password());
  }

  private void call(String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(command.toString()));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--project", project.toString()));
    ChildProcess.run(line, environment(), folder.resolve("loadstar.log"));
  }

  private Map<String, String> environment() {
    String user = server.user();
    String password = server.password();
    return Map.ofEntries(
        Map.entry("SHOP_URL", server.jdbcUrl("shop")),
        Map.entry("SHOP_USER", user),
        Map.entry("SHOP_PASSWORD", password),
        Map.entry("STORES_API_URL", stores.url().toString()),
        Map.entry("STORES_API_KEY", API_KEY),
        Map.entry("TILLS_URL", folder.resolve("tills").toString()),
        Map.entry("WAREHOUSE_URL", server.jdbcUrl("warehouse")),
        Map.entry("WAREHOUSE_USER", user),
        Map.entry("WAREHOUSE_PASSWORD", password),
        Map.entry("TOKEN_VAULT_URL", server.jdbcUrl("vault")),
        Map.entry("TOKEN_VAULT_USER", user),
        Map.entry("TOKEN_VAULT_PASSWORD", password),
        Map.entry("LOADSTAR_MASKING_KEY", "a key that only the benchmark uses"),
        Map.entry("LOADSTAR_LAKE", folder.resolve("lake").toString()));
  }
}
