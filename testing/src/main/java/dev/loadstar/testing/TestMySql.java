package dev.loadstar.testing;

import dev.loadstar.servers.MariaDbServer;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * One server that speaks MySQL's protocol per JVM, started when first asked for and stopped with
 * the JVM: the one named by the environment variable or system property {@value #URL}, else MySQL
 * in a container, else MariaDB. Thread safe.
 */
public final class TestMySql {
  /**
   * Names a running MySQL: {@code jdbc:mysql://host:port/}, without database or options. {@link
   * #USER} and {@link #PASSWORD} go with it; root without a password unless they are set. {@value
   * #EMBEDDED} names MariaDB.
   */
  public static final String URL = "LOADSTAR_TEST_MYSQL_URL";

  public static final String EMBEDDED = "embedded";
  public static final String USER = "LOADSTAR_TEST_MYSQL_USER";
  public static final String PASSWORD = "LOADSTAR_TEST_MYSQL_PASSWORD";

  /** Nothing to encrypt on loopback; LOAD DATA LOCAL is what the warehouse uses. */
  private static final String OPTIONS =
      "?sslMode=DISABLED&allowPublicKeyRetrieval=true&allowLoadLocalInfile=true";

  private TestMySql() {}

  /** Starts on first use, so that tests without a database do not pay for one. */
  private static final class Shared {
    static final TestDatabase SERVER = start();
  }

  public static TestDatabase shared() {
    return Shared.SERVER;
  }

  private static TestDatabase start() {
    String url = setting(URL, "");
    if (url.equals(EMBEDDED)) {
      return embedded();
    }
    if (!url.isEmpty()) {
      return database(server(url), setting(USER, "root"), setting(PASSWORD, ""));
    }
    return Docker.isAvailable() ? container() : embedded();
  }

  private static String setting(String name, String otherwise) {
    String environment = System.getenv().getOrDefault(name, otherwise);
    return System.getProperty(name, environment);
  }

  /** {@code jdbc:mysql://host:port/} of a URL that may go on with a database and options. */
  static String server(String url) {
    int end = url.indexOf('/', "jdbc:mysql://".length());
    if (!url.startsWith("jdbc:mysql://") || end < 0) {
      throw new IllegalArgumentException(URL + " must be jdbc:mysql://host:port/");
    }
    return url.substring(0, end + 1);
  }

  private static TestDatabase container() {
    @SuppressWarnings("resource") // Testcontainers removes it after the JVM
    MySQLContainer container =
        new MySQLContainer(DockerImageName.parse("mysql:9.7"))
            .withUsername("root")
            .withPassword("loadstar")
            .withCommand(
                "--local-infile=1",
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_bin",
                "--default-time-zone=+00:00");
    container.start();
    String address = container.getHost() + ":" + container.getMappedPort(3306);
    return database("jdbc:mysql://" + address + "/", "root", "loadstar");
  }

  private static TestDatabase embedded() {
    MariaDbServer server = MariaDbServer.start(null, 0);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-mariadb"));
    String url = server(server.jdbcUrl(""));
    return database(url, server.user(), server.password());
  }

  private static TestDatabase database(String server, String user, String password) {
    return new TestDatabase(
        "mysql",
        user,
        password,
        name -> server + name + OPTIONS,
        "",
        " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
  }
}
