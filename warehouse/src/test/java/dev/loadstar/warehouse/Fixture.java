package dev.loadstar.warehouse;

import dev.loadstar.core.secret.Secret;
import dev.loadstar.jdbc.Database;
import dev.loadstar.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A fresh warehouse on a shared server. */
final class Fixture {
  static final Path MIGRATIONS =
      Path.of(System.getProperty("loadstar.root", "..")).resolve("warehouse/migrations");

  private Fixture() {}

  static WarehouseTarget target(TestDatabase server, Path migrations) {
    String prefix = server.freshName();
    String url = server.freshDatabase();
    Map<String, String> schemas =
        Map.of(
            "dw", prefix + "_dw",
            "etl", prefix + "_etl",
            "bi", prefix + "_bi",
            "stg", prefix + "_stg");
    Database database =
        new Database(url, Optional.of(server.user()), Optional.of(new Secret(server.password())));
    return new WarehouseTarget(database, schemas, Optional.of(migrations));
  }

  static List<List<Object>> query(WarehouseTarget target, String sql) {
    try (Connection connection = target.database().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<List<Object>> all = new ArrayList<>();
      while (rows.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getObject(i));
        }
        all.add(row);
      }
      return all;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static long number(WarehouseTarget target, String sql) {
    return ((Number) query(target, sql).get(0).get(0)).longValue();
  }
}
