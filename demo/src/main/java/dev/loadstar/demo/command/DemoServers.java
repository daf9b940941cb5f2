package dev.loadstar.demo.command;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.demo.command.mysql.MariaDbWarehouse;
import dev.loadstar.demo.command.postgresql.PostgresWarehouse;
import dev.loadstar.demo.shop.Day;
import dev.loadstar.demo.shop.ShopDatabase;
import dev.loadstar.demo.shop.StoresApi;
import dev.loadstar.demo.shop.TillFiles;
import dev.loadstar.servers.MariaDbServer;
import dev.loadstar.servers.PostgresServer;
import dev.loadstar.servers.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Every server that a night of the demo talks to, real ones all. Closing stops them, the last
 * started first, and can be called from another thread and more than once.
 */
final class DemoServers implements AutoCloseable {
  private static final String BUCKET = "loadstar-demo";
  private static final String SHOP = "shop";
  private static final String VAULT = "token_vault";
  private static final String API_KEY = "demo-stores-key";

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Map<String, String> environment = new HashMap<>();
  private final Path tills;
  private boolean closed;
  private PostgresServer postgres;
  private StoresApi stores;
  private DemoWarehouse warehouse;

  private DemoServers(Path tills) {
    this.tills = tills;
  }

  /**
   * Starts those that the options ask for; after a failure none runs, and it is {@code
   * UNREACHABLE}.
   */
  static DemoServers start(DemoFolder folder, DemoOptions options) {
    DemoServers servers = new DemoServers(folder.resolve("tills"));
    Thread hook = new Thread(servers::close, "demo-stop");
    Runtime.getRuntime().addShutdownHook(hook); // for Ctrl-C
    try {
      servers.startAll(folder, options);
      return servers;
    } catch (LoadException e) {
      servers.close();
      throw e;
    } catch (IOException | RuntimeException e) {
      servers.close();
      throw new LoadException(
          ErrorCode.UNREACHABLE,
          "Cannot start the demo's servers: one did not come up, expected %s. Stop what is in the way or name another --port, then run again."
              .formatted(
                  options.port() == 0
                      ? "a minute of a machine that is not too busy"
                      : "port " + options.port() + " to be free"),
          e);
    }
  }

  private void startAll(DemoFolder folder, DemoOptions options) throws IOException {
    boolean onPostgres = options.warehouse() == DemoOptions.Engine.postgresql;
    postgres = own(PostgresServer.start(folder.postgres(), onPostgres ? options.port() : 0));
    postgres.createDatabase(SHOP);
    postgres.createDatabase(VAULT);
    database("SHOP", postgres.jdbcUrl(SHOP), postgres.user(), postgres.password());
    database("TOKEN_VAULT", postgres.jdbcUrl(VAULT), postgres.user(), postgres.password());
    warehouse =
        onPostgres
            ? new PostgresWarehouse(postgres)
            : new MariaDbWarehouse(
                own(MariaDbServer.start(folder.resolve("mariadb"), options.port())));
    database("WAREHOUSE", warehouse.url(), warehouse.user(), warehouse.password());
    stores = own(StoresApi.start(0, API_KEY));
    environment.put("STORES_API_URL", stores.url().toString());
    environment.put("STORES_API_KEY", API_KEY);
    environment.put("TILLS_URL", tills.toString());
    environment.put("LOADSTAR_MASKING_KEY", "the-key-of-a-demo-protects-nobody-at-all");
    lake(folder, options);
  }

  private void lake(DemoFolder folder, DemoOptions options) {
    if (options.lake() == DemoOptions.LakeKind.file) {
      environment.put("LOADSTAR_LAKE", folder.resolve("lake").toString());
      return;
    }
    S3Server s3 = own(S3Server.start(folder.resolve("s3"), 0));
    s3.createBucket(BUCKET);
    environment.put("LOADSTAR_LAKE", "s3a://" + BUCKET + "/lake");
    environment.put("AWS_ENDPOINT_URL_S3", s3.endpoint());
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", s3.accessKey());
    environment.put("AWS_SECRET_ACCESS_KEY", s3.secretKey());
  }

  private void database(String prefix, String url, String user, String password) {
    environment.put(prefix + "_URL", url);
    environment.put(prefix + "_USER", user);
    environment.put(prefix + "_PASSWORD", password);
  }

  /** What the project's references stand for; the caller's own variables are not among them. */
  Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  DemoWarehouse warehouse() {
    return warehouse;
  }

  /** Lets the analyst in, once the views stand. */
  void createReader() throws SQLException {
    try (Connection connection = connect("WAREHOUSE")) {
      warehouse.createReader(connection);
    }
  }

  /** Lets a business day happen in the shop, its stores and its tills. */
  void live(Day day) throws IOException, SQLException {
    try (Connection connection = connect("SHOP")) {
      ShopDatabase.apply(connection, day);
    }
    stores.setDay(day);
    TillFiles.write(tills, day);
  }

  private Connection connect(String prefix) throws SQLException {
    return DriverManager.getConnection(
        environment.get(prefix + "_URL"),
        environment.get(prefix + "_USER"),
        environment.get(prefix + "_PASSWORD"));
  }

  private synchronized <T extends AutoCloseable> T own(T server) {
    open.push(server);
    if (closed) { // Ctrl-C came while it started
      stop(open.pop());
      throw new IllegalStateException("stopped while starting");
    }
    return server;
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!open.isEmpty()) {
      stop(open.pop());
    }
  }

  private static void stop(AutoCloseable server) {
    try {
      server.close();
    } catch (Exception e) {
      // The others must stop, too; this one ends with the process.
    }
  }
}
