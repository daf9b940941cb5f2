package dev.loadstar.testing;

import dev.loadstar.servers.PostgresServer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** One PostgreSQL per JVM, started when first asked for and stopped with the JVM. Thread safe. */
public final class TestPostgres {
  private TestPostgres() {}

  /** Starts on first use, so that tests without a database do not pay for one. */
  private static final class Shared {
    static final TestDatabase SERVER = Docker.isAvailable() ? container() : embedded();
  }

  public static TestDatabase shared() {
    return Shared.SERVER;
  }

  private static TestDatabase container() {
    @SuppressWarnings("resource") // Testcontainers removes it after the JVM
    PostgreSQLContainer container =
        new PostgreSQLContainer(DockerImageName.parse("postgres:18"))
            .withUsername("postgres")
            .withPassword("postgres");
    container.start();
    String server =
        "jdbc:postgresql://" + container.getHost() + ":" + container.getMappedPort(5432);
    return database(server + "/");
  }

  private static TestDatabase embedded() {
    PostgresServer server = PostgresServer.start(null, 0);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-postgres"));
    return database(server.jdbcUrl(""));
  }

  private static TestDatabase database(String server) {
    return new TestDatabase(
        "postgresql", "postgres", "postgres", name -> server + name, "postgres", "");
  }
}
