package dev.loadstar.bench.publish.mysql;

import dev.loadstar.bench.publish.WarehouseServer;
import dev.loadstar.jdbc.Engine;
import dev.loadstar.servers.MariaDbServer;
import dev.loadstar.warehouse.StarKeys;
import dev.loadstar.warehouse.mysql.MySqlWarehouse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The embedded MariaDB, which speaks MySQL's protocol. Here schemas are databases. */
public final class MySqlBenchServer implements WarehouseServer {
  private final MariaDbServer server = MariaDbServer.start(null, 0);
  private final long pid;

  public MySqlBenchServer() throws SQLException, IOException {
    server.createDatabase("warehouse");
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT @@datadir, @@pid_file")) {
      rows.next();
      Path file = Path.of(rows.getString(1)).resolve(rows.getString(2));
      pid = Long.parseLong(Files.readString(file).strip());
    }
  }

  @Override
  public String name() {
    return "MariaDB";
  }

  @Override
  public String freshDatabase() {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      for (String schema : List.of("bi", "dw", "stg", "etl")) {
        statement.execute("DROP DATABASE IF EXISTS " + schema);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot empty the server", e);
    }
    return server.jdbcUrl("warehouse");
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
    return Map.of("rewriteBatchedStatements", "true");
  }

  @Override
  public StarKeys keys(Engine engine) {
    return new MySqlWarehouse(engine).keys();
  }

  /** The sample's values hold no tab, newline or backslash. */
  @Override
  public void writeFile(Connection connection, String table, List<String> columns, Path file)
      throws SQLException, IOException {
    String texts =
        columns.stream()
            .map(column -> "COALESCE(CAST(" + column + " AS CHAR), '\\\\N')")
            .collect(Collectors.joining(", "));
    try (BufferedWriter out = Files.newBufferedWriter(file);
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(Integer.MIN_VALUE);
      try (ResultSet rows =
          statement.executeQuery("SELECT CONCAT_WS('\t', " + texts + ") FROM dw." + table)) {
        while (rows.next()) {
          out.write(rows.getString(1));
          out.write('\n');
        }
      }
    }
  }

  @Override
  public void copyFile(Connection connection, String table, List<String> columns, Path file)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "LOAD DATA LOCAL INFILE '%s' INTO TABLE dw.%s CHARACTER SET utf8mb4 (%s)"
              .formatted(file, table, String.join(", ", columns)));
    }
  }

  @Override
  public void close() {
    server.close();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl("warehouse"), user(), password());
  }
}
