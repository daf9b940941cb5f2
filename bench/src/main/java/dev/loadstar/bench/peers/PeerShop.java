package dev.loadstar.bench.peers;

import dev.loadstar.servers.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One PostgreSQL with the shop and a warehouse for each side. */
final class PeerShop implements AutoCloseable {
  private static final String SHOP = "shop";

  /** The database of Loadstar's star. */
  static final String OURS = "loadstar";

  /** The database of the other side's. */
  static final String THEIRS = "dbt";

  private final PostgresServer server = PostgresServer.start(null, 0);
  private final Path sql;
  private final ShopSize size;

  /**
   * @param sql the folder of the shop's SQL
   */
  PeerShop(Path sql, ShopSize size) throws IOException, SQLException {
    this.sql = sql;
    this.size = size;
    List.of(SHOP, OURS, THEIRS).forEach(server::createDatabase);
    run("tables.sql");
  }

  /** Lets the first day happen. */
  void firstDay() throws IOException, SQLException {
    run("first-day.sql");
  }

  /** Lets the day happen on which a part of it changes. */
  void secondDay() throws IOException, SQLException {
    run("second-day.sql");
  }

  private void run(String file) throws IOException, SQLException {
    try (Connection connection = connect(SHOP);
        Statement statement = connection.createStatement()) {
      set(connection, "shop.clients", size.clients());
      set(connection, "shop.articles", size.articles());
      set(connection, "shop.receipts", size.receipts());
      set(connection, "shop.moves_every", size.movesEvery());
      set(connection, "shop.new_receipts", size.newReceipts());
      statement.execute(Files.readString(sql.resolve(file)));
      statement.execute("VACUUM ANALYZE");
    }
  }

  private static void set(Connection connection, String name, int value) throws SQLException {
    try (var setting = connection.prepareStatement("SELECT set_config(?, ?, false)")) {
      setting.setString(1, name);
      setting.setString(2, Integer.toString(value));
      setting.execute();
    }
  }

  /** Lines that the shop sold. */
  long lines() throws SQLException {
    try (Connection connection = connect(SHOP);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM receipt_lines")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** What a star adds up to, by name; the net by the town of its time is one digest. */
  Map<String, String> sums(String database, String file) throws IOException, SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(Files.readString(sql.resolve(file)))) {
      rows.next();
      Map<String, String> sums = new LinkedHashMap<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        sums.put(rows.getMetaData().getColumnLabel(i), rows.getString(i));
      }
      return sums;
    }
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(database), server.user(), server.password());
  }

  /** What a project's references stand for. */
  Map<String, String> addresses() {
    return Map.of(
        "SHOP_URL", server.jdbcUrl(SHOP),
        "SHOP_USER", server.user(),
        "SHOP_PASSWORD", server.password(),
        "WAREHOUSE_URL", server.jdbcUrl(OURS),
        "WAREHOUSE_USER", server.user(),
        "WAREHOUSE_PASSWORD", server.password());
  }

  /** As Python's libraries want it. */
  String shopUrl() {
    return url("postgresql+psycopg2", SHOP);
  }

  String warehouseUrl() {
    return url("postgresql", THEIRS);
  }

  private String url(String scheme, String database) {
    return "%s://%s:%s@127.0.0.1:%d/%s"
        .formatted(scheme, server.user(), server.password(), server.port(), database);
  }

  /** For the profile of dbt. */
  Map<String, String> profile() {
    return Map.of(
        "BENCH_PORT", Integer.toString(server.port()),
        "BENCH_USER", server.user(),
        "BENCH_PASSWORD", server.password(),
        "BENCH_DATABASE", THEIRS);
  }

  @Override
  public void close() {
    server.close();
  }
}
