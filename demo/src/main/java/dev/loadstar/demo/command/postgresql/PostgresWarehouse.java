package dev.loadstar.demo.command.postgresql;

import dev.loadstar.demo.command.DemoWarehouse;
import dev.loadstar.servers.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A database of the server that also holds the shop and the token vault, which closes it. */
public record PostgresWarehouse(PostgresServer server) implements DemoWarehouse {
  private static final String DATABASE = "warehouse";

  public PostgresWarehouse {
    server.createDatabase(DATABASE);
  }

  @Override
  public String url() {
    return server.jdbcUrl(DATABASE);
  }

  @Override
  public String user() {
    return server.user();
  }

  @Override
  public String password() {
    return server.password();
  }

  @Override
  public void createReader(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE " + READER + " LOGIN PASSWORD '" + READER + "'");
      statement.execute("ALTER ROLE " + READER + " SET search_path = bi");
      for (String other : List.of("shop", "token_vault", "postgres")) {
        // Every login may enter every database unless told otherwise.
        statement.execute("REVOKE CONNECT ON DATABASE " + other + " FROM PUBLIC");
      }
      statement.execute("GRANT USAGE ON SCHEMA bi TO " + READER);
      statement.execute("GRANT SELECT ON ALL TABLES IN SCHEMA bi TO " + READER);
    }
  }

  @Override
  public String shell() {
    return "PGPASSWORD=%s psql -h 127.0.0.1 -p %d -U %s %s"
        .formatted(READER, server.port(), READER, DATABASE);
  }

  @Override
  public String readerUrl() {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.port(), DATABASE);
  }
}
