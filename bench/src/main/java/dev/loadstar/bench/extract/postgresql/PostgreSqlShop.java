package dev.loadstar.bench.extract.postgresql;

import java.util.List;

/** The shop's tables in PostgreSQL. */
public final class PostgreSqlShop {
  private PostgreSqlShop() {}

  /**
   * @param lines of orders; a third as many orders, a tenth as many customers, a hundredth as many
   *     products
   */
  public static List<String> statements(long lines) {
    return List.of(
        """
        CREATE TABLE customers AS
        SELECT n::int AS customer_id, 'Company ' || n AS company_name, 'Contact ' || n * 7 AS contact_name,
          CASE WHEN n %% 5 > 0 THEN '+1 555 ' || n END AS phone, 'Zürich ' || n %% 500 AS city,
          'Region ' || n %% 30 AS region, 'Country ' || n %% 12 AS country,
          timestamptz '2026-01-01 00:00Z' + n * interval '1.7 seconds' AS updated_at
        FROM generate_series(1, %d) n
        """
            .formatted(Math.max(1, lines / 10)),
        """
        CREATE TABLE products AS
        SELECT n::int AS product_id, 'Product ' || n AS product_name, 'Category ' || n %% 40 AS category,
          (n %% 1000 + 0.95)::numeric(10,2) AS unit_price,
          timestamptz '2026-01-01 00:00Z' + n * interval '1.7 seconds' AS updated_at
        FROM generate_series(1, %d) n
        """
            .formatted(Math.max(1, lines / 100)),
        """
        CREATE TABLE orders AS
        SELECT n::int AS order_id, (1 + n * 37 %% %d)::int AS customer_id,
          timestamptz '2026-01-01 00:00Z' + n * interval '30 seconds' AS ordered_at,
          (ARRAY['open', 'paid', 'sent'])[1 + n %% 3] AS status,
          timestamptz '2026-01-01 00:00Z' + n * interval '31 seconds' AS updated_at
        FROM generate_series(1, %d) n
        """
            .formatted(Math.max(1, lines / 10), Math.max(1, lines / 3)),
        """
        CREATE TABLE order_lines AS
        SELECT (1 + n / 3)::int AS order_id, (1 + n %% 3)::int AS line_number, (1 + n * 13 %% %d)::int AS product_id,
          (1 + n %% 9)::int AS quantity, (n %% 1000 + 0.95)::numeric(10,2) AS unit_price,
          (n %% 4 * 0.05)::numeric(4,2) AS discount,
          timestamptz '2026-01-01 00:00Z' + n * interval '10.000013 seconds' AS updated_at
        FROM generate_series(0, %d) n
        """
            .formatted(Math.max(1, lines / 100), lines - 1),
        "ALTER TABLE customers ADD PRIMARY KEY (customer_id)",
        "ALTER TABLE products ADD PRIMARY KEY (product_id)",
        "ALTER TABLE orders ADD PRIMARY KEY (order_id)",
        "ALTER TABLE order_lines ADD PRIMARY KEY (order_id, line_number)",
        "VACUUM ANALYZE");
  }
}
