package dev.loadstar.demo.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks {@code bi} again and again, as the reader and in one statement, from before it exists. */
final class SalesWatcher implements AutoCloseable {
  /** Facts, and how many of them each dimension knows. */
  private static final String QUESTION =
      """
      SELECT count(*), count(c.customer_key), count(h.customer_key), count(p.product_key),
        count(l.location_key), count(d.date_key) + sum(CASE WHEN s.date_key < 0 THEN 1 ELSE 0 END)
      FROM bi.sales s
      LEFT JOIN bi.customer c ON c.customer_key = s.customer_key
      LEFT JOIN bi.customer_history h ON h.customer_key = s.customer_key
      LEFT JOIN bi.product p ON p.product_key = s.product_key
      LEFT JOIN bi.location l ON l.location_key = s.location_key
      LEFT JOIN bi.date d ON d.date_key = s.date_key
      """;

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final List<List<Long>> answers = new CopyOnWriteArrayList<>();
  private final String url;
  private Connection connection;

  private SalesWatcher(String url) {
    this.url = url;
  }

  static SalesWatcher start(String url) {
    SalesWatcher watcher = new SalesWatcher(url);
    watcher.thread.scheduleWithFixedDelay(watcher::ask, 0, 40, TimeUnit.MILLISECONDS);
    return watcher;
  }

  private void ask() {
    try {
      if (connection == null) {
        connection = DriverManager.getConnection(url, DemoWarehouse.READER, DemoWarehouse.READER);
      }
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(QUESTION)) {
        row.next();
        answers.add(
            List.of(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6)));
      }
    } catch (SQLException e) {
      // Not there yet, or gone already; what was seen in between is enough.
      connection = null;
    }
  }

  /**
   * @param last how many facts stand at the end
   */
  void requireOnlyWholeNights(long last) {
    assertThat(answers).as("answers").hasSizeGreaterThan(20);
    assertThat(answers.get(0).get(0)).as("before the first night").isZero();
    long before = 0;
    for (List<Long> answer : answers) {
      assertThat(answer.get(0)).as("facts").isBetween(before, last);
      assertThat(answer.subList(1, answer.size()))
          .as("with each dimension")
          .containsOnly(answer.get(0));
      before = answer.get(0);
    }
    assertThat(before).as("facts at the end").isPositive();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
