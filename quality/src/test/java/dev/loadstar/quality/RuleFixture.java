package dev.loadstar.quality;

import static dev.loadstar.quality.QualityTestSpark.SPARK;

import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.quality.CheckedTable.ForeignKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A small sound star; a test spoils one table of it. */
final class RuleFixture {
  static final String CUSTOMER_COLUMNS =
      "(customer_key, customer_id, city, valid_from, valid_to, is_current, is_deleted)";
  static final String SALES_COLUMNS =
      "(sales_key, channel, order_number, sold_at, customer_key, date_key, quantity, unit_price,"
          + " net_amount)";
  private static final List<CheckedTable> STAR =
      List.of(
          CheckedTable.dimension("dim_customer", "customer_key", List.of("customer_id"), true),
          CheckedTable.dimension("dim_date", "date_key", List.of(), false),
          CheckedTable.fact(
              "fact_sales",
              "sales_key",
              List.of("channel", "order_number"),
              List.of(
                  new ForeignKey("customer_key", "dim_customer"),
                  new ForeignKey("date_key", "dim_date")),
              Optional.of("sold_at")));

  private final Map<String, String> rows = new HashMap<>();

  RuleFixture() {
    rows.put(
        "dim_customer",
        """
        SELECT bigint(a) AS customer_key, bigint(b) AS customer_id, c AS city,
          timestamp(d) AS valid_from, timestamp(e) AS valid_to, f AS is_current, g AS is_deleted
        FROM VALUES
          (-1, null, null, '1900-01-01', '9999-12-31', true, false),
          (-2, null, null, '1900-01-01', '9999-12-31', true, false),
          (1, 10, 'Bern', '1900-01-01', '2026-01-05', false, false),
          (2, 10, 'Basel', '2026-01-05', '9999-12-31', true, false),
          (3, 11, 'Graz', '1900-01-01', '9999-12-31', true, false)
          %s
        AS t(a, b, c, d, e, f, g)\
        """);
    rows.put("dim_date", "SELECT bigint(a) AS date_key FROM VALUES (20260104), (20260106) AS t(a)");
    rows.put(
        "fact_sales",
        """
        SELECT bigint(a) AS sales_key, b AS channel, c AS order_number, timestamp(d) AS sold_at,
          bigint(e) AS customer_key, bigint(f) AS date_key, g AS quantity,
          decimal(h) AS unit_price, cast(i AS decimal(19,4)) AS net_amount
        FROM VALUES
          (1, 'online', 'A', '2026-01-04 10:00', 1, 20260104, 2, 5, 10.0),
          (2, 'online', 'B', '2026-01-06 10:00', 2, 20260106, 1, 7, 7.0),
          (3, 'online', 'C', '2026-01-06 10:00', 3, 20260106, 1, 7, 6.5),
          (4, 'store', 'A', '2026-01-06 11:00', -1, 20260106, 3, 1, 3.0)
          %s
        AS t(a, b, c, d, e, f, g, h, i)\
        """);
  }

  /** Adds a row, as in {@code "(4, 12, 'Graz', …)"}. */
  RuleFixture with(String table, String row) {
    rows.merge(table, ", " + row + " %s", (sql, more) -> sql.replace("%s", more));
    return this;
  }

  /** Puts other text in place of some. */
  RuleFixture replacing(String table, String text, String other) {
    String sql = rows.get(table);
    if (!sql.contains(text)) {
      throw new IllegalArgumentException("not in the fixture: " + text);
    }
    rows.put(table, sql.replace(text, other));
    return this;
  }

  List<QualityResult> check(QualityRules rules) {
    return rules.checkStar(SPARK, STAR, this::table, Map.of()).results();
  }

  private Dataset<Row> table(String name) {
    String sql = rows.get(name);
    return sql == null ? null : SPARK.sql(sql.replace("%s", ""));
  }
}
