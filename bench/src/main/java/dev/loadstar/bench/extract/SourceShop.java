package dev.loadstar.bench.extract;

import dev.loadstar.bench.publish.WarehouseServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * Four tables of a shop on a server of this machine.
 *
 * @param url of the database, for JDBC
 */
record SourceShop(WarehouseServer server, String url) {
  /** Tables and the column that cuts each into even ranges. */
  static final Map<String, String> RANGES =
      Map.of(
          "customers", "customer_id",
          "products", "product_id",
          "orders", "order_id",
          "order_lines", "order_id");

  static final List<String> TABLES = List.of("customers", "products", "orders", "order_lines");

  static SourceShop create(WarehouseServer server, List<String> statements) throws SQLException {
    String url = server.freshDatabase();
    try (Connection connection =
            DriverManager.getConnection(url, server.user(), server.password());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return new SourceShop(server, url);
  }
}
