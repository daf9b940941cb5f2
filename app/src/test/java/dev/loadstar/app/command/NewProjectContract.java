package dev.loadstar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code init} writes works as it is, on every engine. */
abstract class NewProjectContract {
  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String schemas;
  private String shop;

  abstract TestDatabase server();

  /** Tables or views of a schema with a column, as {@code table.column}, that has no comment. */
  abstract String columnsWithoutComment(String schema);

  /** The schemas whose columns must all have comments. */
  abstract List<String> commentedSchemas();

  @BeforeEach
  void writeAProjectAndNameItsServers() throws IOException {
    Path project = folder.resolve("project");
    environment.put("LOADSTAR_PROJECT", project.toString());
    environment.put("LOADSTAR_MASKING_KEY", "0123456789abcdef0123456789abcdef");
    shop = server().freshDatabase();
    for (String name : List.of("SHOP", "WAREHOUSE")) {
      environment.put(name + "_URL", name.equals("SHOP") ? shop : server().freshDatabase());
      environment.put(name + "_USER", server().user());
      environment.put(name + "_PASSWORD", server().password());
    }
    assertThat(loadstar("init", project.toString())).isZero();
    // On MySQL schemas are databases of a server that others may use.
    schemas = server().freshName();
    Path settings = project.resolve("loadstar.yaml");
    Files.writeString(
        settings,
        Files.readString(settings)
            .replace(
                "  migrations: migrations\n",
                "  migrations: migrations\n  schemas: { dw: %1$s_dw, etl: %1$s_etl, bi: %1$s_bi, stg: %1$s_stg }\n"
                    .formatted(schemas)));
  }

  @Test
  void itIsSoundAndMigratesOnce() throws SQLException {
    assertThat(loadstar("validate")).as(text(err)).isZero();
    assertThat(text(out)).contains("sound").doesNotContain("not set");

    assertThat(loadstar("db", "migrate")).as(text(err)).isZero();
    assertThat(text(out)).contains("applied V001__ledger.sql", "applied V001__star.sql");
    assertThat(loadstar("db", "migrate")).isZero();
    assertThat(text(out)).contains("Nothing to migrate.");

    assertThat(
            query(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = '%s'"
                    .formatted(schemas + "_dw")))
        .containsExactlyInAnyOrder("dim_customer", "dim_date", "fact_orders");
    for (String schema : commentedSchemas()) {
      assertThat(query(columnsWithoutComment(schemas + schema))).isEmpty();
    }
  }

  @Test
  void itLoadsAShopAsItIs() throws SQLException {
    try (Connection connection = server().connect(shop);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE customers (customer_id BIGINT PRIMARY KEY, name VARCHAR(50), email"
              + " VARCHAR(50), city VARCHAR(50), updated_at TIMESTAMP)");
      statement.execute(
          "CREATE TABLE orders (order_id BIGINT PRIMARY KEY, customer_id BIGINT, ordered_at"
              + " TIMESTAMP, amount DECIMAL(10,2), updated_at TIMESTAMP)");
      statement.execute(
          "INSERT INTO customers VALUES (1, 'Ann', 'ann@example.com', 'Bonn', '2026-11-19"
              + " 09:00:00')");
      statement.execute(
          "INSERT INTO orders VALUES (7, 1, '2026-11-20 10:00:00', 12.50, '2026-11-20 10:00:00')");
    }
    assertThat(loadstar("db", "migrate")).as(text(err)).isZero();

    assertThat(loadstar("run", "--date", "2026-11-20")).as(text(err)).isZero();

    assertThat(
            query(
                "SELECT concat(o.order_id, ' ', o.amount, ' ', c.city, ' ', o.date_key) FROM %1$s_bi.orders o JOIN %1$s_bi.customer_history c ON c.customer_key = o.customer_key"
                    .formatted(schemas)))
        .containsExactly("7 12.5000 Bonn 20261120");
  }

  @Test
  void lookingAtAStarOfAnotherLakeFoundsNone() throws SQLException {
    assertThat(loadstar("db", "migrate")).isZero();
    try (Connection connection = server().connect(environment.get("WAREHOUSE_URL"));
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO %s_etl.publication (id, lake_id, commit_number, run_id, business_date, published_at) VALUES (1, 'another', 1, 'run', '2026-11-20', '2026-11-21 00:00:00')"
              .formatted(schemas));
    }
    for (String[] command : List.of(new String[] {"check"}, new String[] {"db", "checksum"})) {
      assertThat(loadstar(command)).isEqualTo(2);
      assertThat(text(err)).contains("loaded from another lake");
      assertThat(folder.resolve("project/lake")).doesNotExist();
    }
  }

  private List<String> query(String sql) throws SQLException {
    try (Connection connection = server().connect(environment.get("WAREHOUSE_URL"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> first = new ArrayList<>();
      while (rows.next()) {
        first.add(rows.getString(1));
      }
      return first;
    }
  }

  private int loadstar(String... arguments) {
    out.reset();
    err.reset();
    return Loadstar.run(
        arguments,
        environment,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
