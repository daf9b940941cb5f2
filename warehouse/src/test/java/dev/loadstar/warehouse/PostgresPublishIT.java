package dev.loadstar.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestPostgres;
import dev.loadstar.warehouse.postgresql.PostgreSqlWarehouse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresPublishIT extends PublishContract {
  @Override
  TestDatabase server() {
    return TestPostgres.shared();
  }

  @Override
  WarehouseDialect dialect() {
    return new PostgreSqlWarehouse(target.database().engine());
  }

  @Test
  void aMergeLooksRowsUpAsCheaplyAsTheDbaSaysOrMoreSoAndNobodyElseDoes() throws SQLException {
    try (Connection connection = target.database().connect();
        Statement statement = connection.createStatement()) {
      for (String own : List.of("4", "1")) {
        statement.execute("SET random_page_cost = " + own);
        connection.setAutoCommit(false);
        for (String sql : dialect().mergeSettings()) {
          statement.execute(sql);
        }
        assertThat(pageCost(statement)).isEqualTo(own.equals("4") ? "1.1" : "1");
        connection.commit();
        connection.setAutoCommit(true);
        assertThat(pageCost(statement)).isEqualTo(own);
      }
    }
  }

  private static String pageCost(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SHOW random_page_cost")) {
      row.next();
      return row.getString(1);
    }
  }
}
