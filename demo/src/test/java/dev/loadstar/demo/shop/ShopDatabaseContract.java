package dev.loadstar.demo.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the shop's tables hold on any engine. */
abstract class ShopDatabaseContract {
  private final ShopGenerator shop = new ShopGenerator(42, 1, LocalDate.of(2026, 1, 5));
  private Connection connection;

  abstract TestDatabase server();

  @BeforeEach
  void connect() throws SQLException {
    connection = server().connect(server().freshDatabase());
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void theTablesHoldWhatTheDaysWrote() throws SQLException {
    ShopDatabase.apply(connection, shop.day(1));
    assertThat(count("customers")).isEqualTo(300);
    assertThat(count("products")).isEqualTo(60);
    assertThat(count("order_lines")).isEqualTo(shop.day(1).orderLines().count());
    ShopDatabase.apply(connection, shop.day(2));
    assertThat(count("customers")).isEqualTo(303);
    assertThat(count("payments")).isEqualTo(shop.day(2).payments().count());
    assertThat(strings("SELECT status FROM orders GROUP BY status ORDER BY status"))
        .containsExactly("cancelled", "new", "paid");
    assertThat(strings("SELECT name FROM customers WHERE customer_id = 7"))
        .containsExactly(shop.day(1).customers().skip(6).findFirst().orElseThrow().name());
  }

  @Test
  void applyingADayAgainChangesNothing() throws SQLException {
    ShopDatabase.apply(connection, shop.day(1));
    ShopDatabase.apply(connection, shop.day(2));
    List<String> once = everything();
    ShopDatabase.apply(connection, shop.day(2));
    assertThat(everything()).isEqualTo(once);
  }

  @Test
  void timesAreTheInstantsOfTheGenerator() throws SQLException {
    ShopDatabase.apply(connection, shop.day(1));
    Order order = shop.day(1).orders().findFirst().orElseThrow();
    String seconds =
        server().engine().equals("mysql")
            ? "SELECT floor(unix_timestamp(ordered_at))"
            : "SELECT extract(epoch FROM ordered_at)::bigint";
    assertThat(strings(seconds + " FROM orders WHERE order_id = " + order.orderId()))
        .containsExactly(String.valueOf(order.orderedAt().getEpochSecond()));
  }

  @Test
  void aDayIsOneTransactionAndAutoCommitStaysAsItWas() throws SQLException {
    ShopDatabase.apply(connection, shop.day(1));
    assertThat(connection.getAutoCommit()).isTrue();
    connection.setAutoCommit(false);
    ShopDatabase.apply(connection, shop.day(2));
    assertThat(connection.getAutoCommit()).isFalse();
    connection.rollback();
    assertThat(count("customers")).isEqualTo(303);
  }

  private long count(String table) throws SQLException {
    return Long.parseLong(strings("SELECT count(*) FROM " + table).get(0));
  }

  private List<String> everything() throws SQLException {
    List<String> rows = new ArrayList<>();
    for (String query :
        List.of(
            "SELECT * FROM customers ORDER BY 1",
            "SELECT * FROM products ORDER BY 1",
            "SELECT * FROM orders ORDER BY 1",
            "SELECT * FROM order_lines ORDER BY 1, 2",
            "SELECT * FROM payments ORDER BY 1")) {
      rows.addAll(strings(query));
    }
    return rows;
  }

  private List<String> strings(String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(result.getString(i));
        }
        rows.add(String.join("|", row));
      }
    }
    return rows;
  }
}
