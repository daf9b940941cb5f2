package dev.loadstar.demo.shop.mysql;

import dev.loadstar.demo.shop.ShopDialect;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/** The shop on MySQL and MariaDB. */
public final class MySqlShop implements ShopDialect {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

  @Override
  public List<String> setUp() {
    return List.of(
        "SET time_zone = '+00:00'", // TIMESTAMP columns are written as UTC text below
        """
        CREATE TABLE IF NOT EXISTS customers (
          customer_id bigint PRIMARY KEY, name varchar(200) NOT NULL, email varchar(200),
          phone varchar(100), ssn varchar(100), birth_date date, street varchar(200),
          city varchar(100), country char(2), segment varchar(50),
          updated_at timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6))""",
        """
        CREATE TABLE IF NOT EXISTS products (
          product_id bigint PRIMARY KEY, product_name varchar(200) NOT NULL, category varchar(50),
          list_price decimal(10,2),
          updated_at timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6))""",
        """
        CREATE TABLE IF NOT EXISTS orders (
          order_id bigint PRIMARY KEY, customer_id bigint NOT NULL,
          ordered_at timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
          status varchar(20) NOT NULL, currency_code char(3) NOT NULL,
          updated_at timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6))""",
        """
        CREATE TABLE IF NOT EXISTS order_lines (
          order_id bigint, line_number int, product_id bigint NOT NULL, quantity int NOT NULL,
          unit_price decimal(10,2) NOT NULL, discount_amount decimal(10,2) NOT NULL,
          updated_at timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
          PRIMARY KEY (order_id, line_number))""",
        """
        CREATE TABLE IF NOT EXISTS payments (
          payment_id bigint PRIMARY KEY, order_id bigint NOT NULL, card_number varchar(100),
          amount decimal(12,2) NOT NULL,
          paid_at timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6))""");
  }

  @Override
  public String onConflict(List<String> key, List<String> others) {
    return " ON DUPLICATE KEY UPDATE " // VALUES(): the spelling that MariaDB knows too
        + others.stream().map(c -> c + " = VALUES(" + c + ")").collect(Collectors.joining(", "));
  }

  @Override
  public void bind(PreparedStatement statement, int index, Instant value) throws SQLException {
    statement.setString(index, UTC.format(value));
  }
}
