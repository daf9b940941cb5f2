package dev.loadstar.bench.publish;

import dev.loadstar.bench.harness.Outcome;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What a warehouse's {@code fact_sales} holds, in figures that do not depend on the engine. */
final class LoadedFacts {
  private static final String FIGURES =
      "SELECT count(*), sum(sales_key), sum(line_number), sum(date_key), sum(customer_key),"
          + " sum(product_key), sum(location_key), sum(quantity), sum(gross_amount),"
          + " sum(net_amount), count(DISTINCT order_number) FROM dw.fact_sales";

  private LoadedFacts() {}

  static Outcome in(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(FIGURES)) {
      row.next();
      StringBuilder checksum = new StringBuilder();
      for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
        BigDecimal figure = row.getBigDecimal(column);
        checksum.append(figure == null ? "-" : figure.stripTrailingZeros().toPlainString());
        checksum.append(' ');
      }
      return new Outcome(row.getLong(1), checksum.toString().strip());
    }
  }
}
