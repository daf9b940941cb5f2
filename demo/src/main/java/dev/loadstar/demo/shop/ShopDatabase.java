package dev.loadstar.demo.shop;

import dev.loadstar.demo.shop.mysql.MySqlShop;
import dev.loadstar.demo.shop.postgresql.PostgresShop;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;

/** Writes days of the shop into a real database. Stateless. */
public final class ShopDatabase {
  private static final Map<String, ShopDialect> DIALECTS =
      Map.of(
          "postgresql", new PostgresShop(), "mysql", new MySqlShop(), "mariadb", new MySqlShop());

  private ShopDatabase() {}

  /**
   * Creates the tables where they are missing and writes what a day writes, in one transaction.
   * Applying the same day again changes nothing; days are to be applied in order.
   *
   * @param connection to PostgreSQL, MySQL or MariaDB; its current schema holds the shop. It stays
   *     open, in the auto-commit mode in which it came.
   * @throws SQLException after which nothing of the day is visible
   */
  public static void apply(Connection connection, Day day) throws SQLException {
    ShopDialect dialect = dialect(connection);
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      for (String sql : dialect.setUp()) {
        statement.execute(sql);
      }
    }
    connection.setAutoCommit(false);
    try {
      write(connection, dialect, day);
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(autoCommit);
    }
  }

  private static void write(Connection connection, ShopDialect dialect, Day day)
      throws SQLException {
    ShopTable.CUSTOMERS.write(
        connection,
        dialect,
        day.customers()
            .map(
                c ->
                    new Object[] {
                      c.customerId(),
                      c.name(),
                      c.email(),
                      c.phone(),
                      c.ssn(),
                      c.birthDate(),
                      c.street(),
                      c.city(),
                      c.country(),
                      c.segment(),
                      c.updatedAt()
                    }));
    ShopTable.PRODUCTS.write(
        connection,
        dialect,
        day.products()
            .map(
                p ->
                    new Object[] {
                      p.productId(), p.productName(), p.category(), p.listPrice(), p.updatedAt()
                    }));
    ShopTable.ORDERS.write(
        connection,
        dialect,
        day.orders()
            .map(
                o ->
                    new Object[] {
                      o.orderId(),
                      o.customerId(),
                      o.orderedAt(),
                      o.status(),
                      o.currencyCode(),
                      o.updatedAt()
                    }));
    ShopTable.ORDER_LINES.write(
        connection,
        dialect,
        day.orderLines()
            .map(
                l ->
                    new Object[] {
                      l.orderId(),
                      l.lineNumber(),
                      l.productId(),
                      l.quantity(),
                      l.unitPrice(),
                      l.discountAmount(),
                      l.updatedAt()
                    }));
    ShopTable.PAYMENTS.write(
        connection,
        dialect,
        day.payments()
            .map(
                p ->
                    new Object[] {
                      p.paymentId(), p.orderId(), p.cardNumber(), p.amount(), p.paidAt()
                    }));
  }

  private static ShopDialect dialect(Connection connection) throws SQLException {
    String engine = connection.getMetaData().getURL().split(":", 3)[1];
    return Objects.requireNonNull(
        DIALECTS.get(engine), () -> "the shop runs on PostgreSQL and MySQL, not on " + engine);
  }
}
