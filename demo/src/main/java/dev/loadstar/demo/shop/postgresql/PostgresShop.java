package dev.loadstar.demo.shop.postgresql;

import dev.loadstar.demo.shop.ShopDialect;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/** The shop on PostgreSQL. */
public final class PostgresShop implements ShopDialect {
  @Override
  public List<String> setUp() {
    return List.of(
        """
        CREATE TABLE IF NOT EXISTS customers (
          customer_id bigint PRIMARY KEY, name text NOT NULL, email text, phone text, ssn text,
          birth_date date, street text, city text, country char(2), segment text,
          updated_at timestamptz NOT NULL)""",
        """
        CREATE TABLE IF NOT EXISTS products (
          product_id bigint PRIMARY KEY, product_name text NOT NULL, category text,
          list_price numeric(10,2), updated_at timestamptz NOT NULL)""",
        """
        CREATE TABLE IF NOT EXISTS orders (
          order_id bigint PRIMARY KEY, customer_id bigint NOT NULL, ordered_at timestamptz NOT NULL,
          status text NOT NULL, currency_code char(3) NOT NULL, updated_at timestamptz NOT NULL)""",
        """
        CREATE TABLE IF NOT EXISTS order_lines (
          order_id bigint, line_number int, product_id bigint NOT NULL, quantity int NOT NULL,
          unit_price numeric(10,2) NOT NULL, discount_amount numeric(10,2) NOT NULL,
          updated_at timestamptz NOT NULL, PRIMARY KEY (order_id, line_number))""",
        """
        CREATE TABLE IF NOT EXISTS payments (
          payment_id bigint PRIMARY KEY, order_id bigint NOT NULL, card_number text,
          amount numeric(12,2) NOT NULL, paid_at timestamptz NOT NULL)""");
  }

  @Override
  public String onConflict(List<String> key, List<String> others) {
    return " ON CONFLICT (%s) DO UPDATE SET %s"
        .formatted(
            String.join(", ", key),
            others.stream().map(c -> c + " = excluded." + c).collect(Collectors.joining(", ")));
  }

  @Override
  public void bind(PreparedStatement statement, int index, Instant value) throws SQLException {
    statement.setObject(index, value.atOffset(ZoneOffset.UTC));
  }
}
