package dev.loadstar.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MariaDbServerIT {
  @Test
  void aDataFolderSurvivesStoppingAndStarting(@TempDir Path folder) throws SQLException {
    try (MariaDbServer server = MariaDbServer.start(folder.resolve("data"), 0)) {
      server.createDatabase("shop");
      server.createDatabase("shop");
      assertThat(execute(server, "CREATE TABLE kept (a INT)")).isFalse();
    }
    try (MariaDbServer server = MariaDbServer.start(folder.resolve("data"), 0)) {
      assertThat(execute(server, "SELECT a FROM kept")).isTrue();
    }
  }

  private static boolean execute(MariaDbServer server, String sql) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(server.jdbcUrl("shop"), server.user(), server.password())) {
      return connection.createStatement().execute(sql);
    }
  }
}
