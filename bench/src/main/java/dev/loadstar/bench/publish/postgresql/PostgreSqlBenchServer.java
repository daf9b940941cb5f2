package dev.loadstar.bench.publish.postgresql;

import dev.loadstar.bench.harness.ProcessMeter;
import dev.loadstar.bench.publish.WarehouseServer;
import dev.loadstar.jdbc.Engine;
import dev.loadstar.servers.PostgresServer;
import dev.loadstar.warehouse.StarKeys;
import dev.loadstar.warehouse.postgresql.PostgreSqlWarehouse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

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
  public StarKeys keys(Engine engine) {
    return new PostgreSqlWarehouse(engine).keys();
  }

  @Override
  public void writeFile(Connection connection, String table, List<String> columns, Path file)
      throws SQLException, IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("COPY dw." + table + " (" + String.join(", ", columns) + ") TO STDOUT", out);
    }
  }

  @Override
  public void copyFile(Connection connection, String table, List<String> columns, Path file)
      throws SQLException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY dw." + table + " (" + String.join(", ", columns) + ") FROM STDIN", in);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
