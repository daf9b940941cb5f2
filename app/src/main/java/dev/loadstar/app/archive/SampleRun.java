package dev.loadstar.app.archive;

import dev.loadstar.app.command.Loadstar;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * Two nights of a small shop from files to the star, the second with changes: masking, quality
 * rules, a dimension, a calendar, lines with headers.
 */
final class SampleRun {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-04T02:00:00Z"), ZoneOffset.UTC);

  private static final String PROJECT =
      """
      format: 1
      timezone: UTC
      lake: lake
      warehouse: { url: "${env:NO_WAREHOUSE}" }
      masking_keys: { k1: "${env:SAMPLE_KEY}" }
      """;

  private static final String SOURCES =
      """
      shop:
        files: drop
        feeds:
          customers:
            match: "customers_{yyyyMMdd}.csv"
            key: customer_id
            columns: { customer_id: int, updated_at: timestamp }
          orders:
            match: "orders_{yyyyMMdd}.jsonl"
            key: order_id
            columns: { order_id: int, customer_id: int, ordered_at: timestamp }
          order_lines:
            match: "lines_{yyyyMMdd}.csv"
            key: [order_id, line_number]
            columns:
              { order_id: int, line_number: int, quantity: int, unit_price: "decimal(19,4)" }
      """;

  private static final String CLASSIFICATION =
      """
      entities:
        shop.customers:
          name: person_name
          phone: phone
          customer_id: not_personal
          city: not_personal
          updated_at: not_personal
        shop.orders: not_personal
        shop.order_lines: not_personal
      """;

  private static final String POLICIES =
      """
      owner: nobody@example.com
      review_by: 2100-01-01
      classes:
        person_name: redact
        phone: { technique: partial, keep_last: 4 }
      """;

  private static final String STAR =
      """
      dimensions:
        customer:
          from: shop.customers
          key: customer_id
          effective_at: updated_at
          type_1: [name, phone]
          type_2: [city]
        date:
          calendar: { from: 2026-01-01, to: 2026-12-31 }
      facts:
        sales:
          grain: { order_id: int, line_number: int }
          event_time: ordered_at
          dimensions: { customer: customer_id, date: ordered_at }
          measures:
            quantity: int
            gross_amount: decimal(19,4)
          from:
            shop.order_lines:
              header: { entity: shop.orders, by: order_id }
              columns: { gross_amount: quantity * unit_price }
      """;

  private static final String QUALITY =
      """
      fact_sales:
        - row_count: "> 0"
        - expression: quantity > 0
      """;

  private final Path folder;
  private final PrintStream told;

  /**
   * @param told what the run prints
   */
  SampleRun(Path folder, PrintStream told) {
    this.folder = folder;
    this.told = told;
  }

  /** The exit code of the last night. */
  int run() throws IOException {
    write("loadstar.yaml", PROJECT);
    write("sources.yaml", SOURCES);
    write("masking/classification.yaml", CLASSIFICATION);
    write("masking/policies.yaml", POLICIES);
    write("star-schema.yaml", STAR);
    write("quality.yaml", QUALITY);
    write(
        "drop/customers_20260302.csv",
        """
        customer_id,name,phone,city,updated_at
        1,Ann,+49 1234567,Bonn,2026-03-02T08:00:00Z
        2,Ben,,Kiel,2026-01-01T08:00:00Z
        """);
    write(
        "drop/orders_20260302.jsonl",
        """
        {"order_id": 7, "customer_id": 1, "ordered_at": "2026-03-02T09:00:00Z"}
        """);
    write(
        "drop/lines_20260302.csv",
        """
        order_id,line_number,quantity,unit_price
        7,1,2,9.99
        7,2,1,5.00
        """);
    int first = night("2026-03-02");
    write(
        "drop/customers_20260303.csv",
        """
        customer_id,name,phone,city,updated_at
        2,Ben,,Bonn,2026-03-03T08:00:00Z
        """);
    write(
        "drop/orders_20260303.jsonl",
        """
        {"order_id": 8, "customer_id": 2, "ordered_at": "2026-03-03T09:00:00Z"}
        """);
    write(
        "drop/lines_20260303.csv",
        """
        order_id,line_number,quantity,unit_price
        8,1,3,9.99
        """);
    return first == 0 ? night("2026-03-03") : first;
  }

  private int night(String date) {
    return Loadstar.run(
        new String[] {"run", "--to-step", "build", "--date", date, "--project", folder.toString()},
        Map.of("SAMPLE_KEY", "only-for-the-rows-of-this-sample"),
        told,
        told,
        CLOCK);
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
