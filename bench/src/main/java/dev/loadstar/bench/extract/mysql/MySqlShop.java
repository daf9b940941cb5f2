package dev.loadstar.bench.extract.mysql;

import java.util.List;

/** The shop's tables in MariaDB, whose sequence engine makes the rows. */
public final class MySqlShop {
  private MySqlShop() {}

  /**
   * @param lines of orders; a third as many orders, a tenth as many customers, a hundredth as many
   *     products
   */
  public static List<String> statements(long lines) {
    return List.of(
        """
        CREATE TABLE customers (customer_id INT PRIMARY KEY, company_name VARCHAR(40) NOT NULL,
          contact_name VARCHAR(40), phone VARCHAR(24), city VARCHAR(40), region VARCHAR(40), country VARCHAR(40),
          updated_at TIMESTAMP(6) NOT NULL)
        SELECT seq AS customer_id, CONCAT('Company ', seq) AS company_name,
          CONCAT('Contact ', seq * 7) AS contact_name, IF(seq %% 5 > 0, CONCAT('+1 555 ', seq), NULL) AS phone,
          CONCAT('Zürich ', seq %% 500) AS city, CONCAT('Region ', seq %% 30) AS region,
          CONCAT('Country ', seq %% 12) AS country,
          '2026-01-01' + INTERVAL seq * 1700000 MICROSECOND AS updated_at
        FROM seq_1_to_%d
        """
            .formatted(Math.max(1, lines / 10)),
        """
        CREATE TABLE products (product_id INT PRIMARY KEY, product_name VARCHAR(40) NOT NULL, category VARCHAR(40),
          unit_price DECIMAL(10,2), updated_at TIMESTAMP(6) NOT NULL)
        SELECT seq AS product_id, CONCAT('Product ', seq) AS product_name, CONCAT('Category ', seq %% 40) AS category,
          seq %% 1000 + 0.95 AS unit_price, '2026-01-01' + INTERVAL seq * 1700000 MICROSECOND AS updated_at
        FROM seq_1_to_%d
        """
            .formatted(Math.max(1, lines / 100)),
        """
        CREATE TABLE orders (order_id INT PRIMARY KEY, customer_id INT NOT NULL, ordered_at TIMESTAMP(6) NOT NULL,
          status VARCHAR(10), updated_at TIMESTAMP(6) NOT NULL)
        SELECT seq AS order_id, 1 + seq * 37 %% %d AS customer_id,
          '2026-01-01' + INTERVAL seq * 30 SECOND AS ordered_at, ELT(1 + seq %% 3, 'open', 'paid', 'sent') AS status,
          '2026-01-01' + INTERVAL seq * 31 SECOND AS updated_at
        FROM seq_1_to_%d
        """
            .formatted(Math.max(1, lines / 10), Math.max(1, lines / 3)),
        """
        CREATE TABLE order_lines (order_id INT NOT NULL, line_number INT NOT NULL, product_id INT NOT NULL,
          quantity INT NOT NULL, unit_price DECIMAL(10,2) NOT NULL, discount DECIMAL(4,2) NOT NULL,
          updated_at TIMESTAMP(6) NOT NULL, PRIMARY KEY (order_id, line_number))
        SELECT 1 + seq DIV 3 AS order_id, 1 + seq %% 3 AS line_number, 1 + seq * 13 %% %d AS product_id,
          1 + seq %% 9 AS quantity, seq %% 1000 + 0.95 AS unit_price, seq %% 4 * 0.05 AS discount,
          '2026-01-01' + INTERVAL seq * 10000013 MICROSECOND AS updated_at
        FROM seq_0_to_%d
        """
            .formatted(Math.max(1, lines / 100), lines - 1));
  }
}
