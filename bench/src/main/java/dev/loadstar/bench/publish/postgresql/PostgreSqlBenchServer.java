package dev.loadstar.bench.publish.postgresql;

import dev.loadstar.bench.harness.ProcessMeter;
import dev.loadstar.bench.publish.WarehouseServer;
import dev.loadstar.servers.PostgresServer;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** The embedded PostgreSQL. */
public final class PostgreSqlBenchServer implements WarehouseServer {
  private final PostgresServer server = PostgresServer.start(null, 0);
  private final long pid;
  private int databases;

  public PostgreSqlBenchServer() throws SQLException {
    String url = server.jdbcUrl("postgres");
    try (var connection = DriverManager.getConnection(url, user(), password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT pg_backend_pid()")) {
      rows.next();
      pid = ProcessMeter.parentOf(rows.getLong(1));
    }
  }

  @Override
  public String name() {
    return "PostgreSQL";
  }

  @Override
  public String freshDatabase() {
    String name = "warehouse" + ++databases;
    server.createDatabase(name);
    return server.jdbcUrl(name);
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
  public long pid() {
    return pid;
  }

  @Override
  public Map<String, String> writerProperties() {
    return Map.of("reWriteBatchedInserts", "true");
  }

  @Override
  public void close() {
    server.close();
  }
}
