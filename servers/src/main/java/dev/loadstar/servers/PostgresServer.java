package dev.loadstar.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real PostgreSQL of this machine's own, reachable on 127.0.0.1 only, any password accepted. It
 * does not wait for the disk, so a power cut may cost its data: for demos and tests. Thread safe.
 */
public final class PostgresServer implements AutoCloseable {
  private static final String USER = "postgres";

  private final EmbeddedPostgres server;

  private PostgresServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /**
   * @param dataDir kept on closing and used again when it holds a database; null for a temporary
   *     one
   * @param port 0 for a free one
   * @throws UncheckedIOException when it does not come up, for example because the port is taken
   */
  public static PostgresServer start(Path dataDir, int port) {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setPGStartupWait(Duration.ofSeconds(60))
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("unix_socket_directories", "")
            .setServerConfig("max_connections", "100")
            .setServerConfig("fsync", "off")
            .setServerConfig("full_page_writes", "off")
            .setServerConfig("synchronous_commit", "off")
            .setServerConfig("max_wal_size", "4GB")
            .setServerConfig("timezone", "UTC")
            .setServerConfig("log_timezone", "UTC")
            // The same sorting on every machine, whatever its locale.
            .setLocaleConfig("locale", "C")
            .setLocaleConfig("locale-provider", "builtin")
            .setLocaleConfig("builtin-locale", "C.UTF-8")
            .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
            .setErrorRedirector(ProcessBuilder.Redirect.DISCARD);
    if (port != 0) {
      builder.setPort(port);
    }
    try {
      if (dataDir != null) {
        Path folder = dataDir.toAbsolutePath();
        Files.createDirectories(folder.getParent());
        stopOrphan(folder);
        builder.setDataDirectory(folder).setCleanDataDirectory(false);
      }
      return new PostgresServer(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not start", e);
    }
  }

  /** A killed JVM leaves its server behind, which would keep the folder locked. */
  private static void stopOrphan(Path folder) throws IOException {
    Path file = folder.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return;
    }
    long id = Files.lines(file).findFirst().map(line -> Long.parseLong(line.strip())).orElse(-1L);
    ProcessHandle process = ProcessHandle.of(id).orElse(null);
    if (process == null || !process.info().command().orElse("").endsWith("postgres")) {
      return;
    }
    process.destroy();
    try {
      process.onExit().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
      throw new IOException("another PostgreSQL still uses the folder", e);
    }
  }

  /** With the superuser; fit for {@link DriverManager}. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database;
  }

  public int port() {
    return server.getPort();
  }

  public String user() {
    return USER;
  }

  /** Any would do; this one is not empty, for callers that insist. */
  public String password() {
    return USER;
  }

  /** Creates a database unless it exists. */
  public void createDatabase(String name) {
    try (Connection connection = DriverManager.getConnection(jdbcUrl(USER), USER, password());
        Statement statement = connection.createStatement()) {
      if (!exists(connection, name)) {
        statement.execute("CREATE DATABASE \"" + name.replace("\"", "\"\"") + "\"");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create the database " + name, e);
    }
  }

  private static boolean exists(Connection connection, String name) throws SQLException {
    try (var query = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
      query.setString(1, name);
      try (var result = query.executeQuery()) {
        return result.next();
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
