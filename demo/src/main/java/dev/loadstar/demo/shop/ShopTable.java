package dev.loadstar.demo.shop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** A table of the shop and how rows get into it: many to a statement, replacing those of a key. */
record ShopTable(String name, List<String> key, List<String> others) {
  static final ShopTable CUSTOMERS =
      new ShopTable(
          "customers",
          List.of("customer_id"),
          List.of(
              "name",
              "email",
              "phone",
              "ssn",
              "birth_date",
              "street",
              "city",
              "country",
              "segment",
              "updated_at"));
  static final ShopTable PRODUCTS =
      new ShopTable(
          "products",
          List.of("product_id"),
          List.of("product_name", "category", "list_price", "updated_at"));
  static final ShopTable ORDERS =
      new ShopTable(
          "orders",
          List.of("order_id"),
          List.of("customer_id", "ordered_at", "status", "currency_code", "updated_at"));
  static final ShopTable ORDER_LINES =
      new ShopTable(
          "order_lines",
          List.of("order_id", "line_number"),
          List.of("product_id", "quantity", "unit_price", "discount_amount", "updated_at"));
  static final ShopTable PAYMENTS =
      new ShopTable(
          "payments",
          List.of("payment_id"),
          List.of("order_id", "card_number", "amount", "paid_at"));

  private static final int ROWS_PER_STATEMENT = 500;

  /** Rows hold the key columns and then the others. */
  void write(Connection connection, ShopDialect dialect, Stream<Object[]> rows)
      throws SQLException {
    List<Object[]> batch = new ArrayList<>(ROWS_PER_STATEMENT);
    try (PreparedStatement full = connection.prepareStatement(sql(dialect, ROWS_PER_STATEMENT))) {
      for (Iterator<Object[]> it = rows.iterator(); it.hasNext(); ) {
        batch.add(it.next());
        if (batch.size() == ROWS_PER_STATEMENT) {
          execute(full, dialect, batch);
          batch.clear();
        }
      }
    }
    if (!batch.isEmpty()) {
      try (PreparedStatement rest = connection.prepareStatement(sql(dialect, batch.size()))) {
        execute(rest, dialect, batch);
      }
    }
  }

  private String sql(ShopDialect dialect, int rows) {
    List<String> columns = Stream.concat(key.stream(), others.stream()).toList();
    String marks = "(" + "?, ".repeat(columns.size() - 1) + "?)";
    return "INSERT INTO %s (%s) VALUES %s%s"
        .formatted(
            name,
            String.join(", ", columns),
            marks + (", " + marks).repeat(rows - 1),
            dialect.onConflict(key, others));
  }

  private static void execute(PreparedStatement statement, ShopDialect dialect, List<Object[]> rows)
      throws SQLException {
    int index = 1;
    for (Object[] row : rows) {
      for (Object value : row) {
        if (value instanceof Instant instant) {
          dialect.bind(statement, index++, instant);
        } else {
          statement.setObject(index++, value);
        }
      }
    }
    statement.executeUpdate();
  }
}
