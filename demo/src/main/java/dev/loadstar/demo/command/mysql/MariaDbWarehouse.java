package dev.loadstar.demo.command.mysql;

import dev.loadstar.demo.command.DemoWarehouse;
import dev.loadstar.servers.MariaDbServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A server of its own. Its schemas are databases, so the one in the URL stays empty. */
public record MariaDbWarehouse(MariaDbServer server) implements DemoWarehouse {
  private static final String DATABASE = "warehouse";

  public MariaDbWarehouse {
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
      statement.execute("CREATE USER '" + READER + "'@'%' IDENTIFIED BY '" + READER + "'");
      statement.execute("GRANT SELECT, SHOW VIEW ON bi.* TO '" + READER + "'@'%'");
    }
  }

  @Override
  public String shell() {
    return "mysql -h 127.0.0.1 -P %d -u %s -p%s bi".formatted(server.port(), READER, READER);
  }

  @Override
  public String readerUrl() {
    return "jdbc:mysql://127.0.0.1:%d/bi?sslMode=DISABLED".formatted(server.port());
  }
}
