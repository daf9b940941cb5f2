package dev.loadstar.starschema.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.project.ProjectFolder;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.starschema.model.DimensionModel.Enrichment;
import dev.loadstar.starschema.model.DimensionModel.OnDelete;
import dev.loadstar.starschema.model.FactFeedModel.Header;
import dev.loadstar.starschema.model.FactModel.DimensionUse;
import dev.loadstar.starschema.model.FactModel.Measure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StarSchemaReaderTest {
  private static final Path ROOT = Path.of(System.getProperty("loadstar.root", ".."));
  private static final Set<EntityName> SHOP =
      entities(
          "shop.customers",
          "shop.products",
          "shop.orders",
          "shop.order_lines",
          "stores.stores",
          "tills.sales");

  /** The smallest star, which the stories on mistakes complete. */
  private static final String DIMENSIONS =
      """
      dimensions:
        customer: { from: shop.customers, key: customer_id, type_1: [name] }
        price: { from: shop.products, key: [product_id, country], type_1: [amount] }
        date: { calendar: { from: 2015-01-01 } }
      """;

  @TempDir private Path folder;
  private final Problems problems = new Problems();

  @Test
  void theShippedStarIsRead() {
    StarSchema star = shipped("config", SHOP);
    assertThat(star.dimensions())
        .extracting(DimensionModel::name)
        .containsExactly("customer", "product", "location");
    DimensionModel customer = star.dimension("customer").orElseThrow();
    assertThat(customer)
        .isEqualTo(
            new DimensionModel(
                "customer",
                EntityName.parse("shop.customers"),
                List.of("customer_id"),
                Optional.of("updated_at"),
                List.of("name", "email", "phone", "ssn", "birth_date"),
                List.of("street", "city", "segment"),
                java.util.Map.of(),
                Optional.empty(),
                OnDelete.MARK,
                List.of()));
    assertThat(star.dimension("location").orElseThrow().effectiveAt()).isEmpty();
    assertThat(star.calendars())
        .containsExactly(
            new CalendarModel(
                "date",
                LocalDate.of(2015, 1, 1),
                Optional.empty(),
                2,
                DayOfWeek.MONDAY,
                Month.JANUARY));
    FactModel sales = star.facts().get(0);
    assertThat(sales.table()).isEqualTo("fact_sales");
    assertThat(sales.grain().toString())
        .isEqualTo("{channel=TEXT, order_number=TEXT, line_number=INT}");
    assertThat(sales.eventTime()).isEqualTo("sold_at");
    assertThat(sales.dimensions().keySet())
        .containsExactly("customer", "product", "location", "date");
    assertThat(sales.dimensions()).containsEntry("date", new DimensionUse("date", "sold_at"));
    assertThat(sales.measures())
        .startsWith(new Measure("quantity", Simple.INT, Optional.empty()))
        .endsWith(
            new Measure(
                "net_amount",
                new ColumnType.Decimal(19, 4),
                Optional.of("gross_amount - discount_amount")))
        .hasSize(5);
    assertThat(sales.attributes()).containsEntry("currency_code", Simple.TEXT);
    FactFeedModel lines = sales.feeds().get(0);
    assertThat(lines.lines()).hasToString("shop.order_lines");
    assertThat(lines.header()).contains(new Header(EntityName.parse("shop.orders"), "order_id"));
    assertThat(lines.set()).containsEntry("location", "not_applicable");
    assertThat(lines.columns()).containsEntry("gross_amount", "quantity * unit_price");
    assertThat(lines.cancelledWhen()).contains("status = 'cancelled'");
    FactFeedModel tills = sales.feeds().get(1);
    assertThat(tills.header()).isEmpty();
    assertThat(tills.set()).containsEntry("customer", "unknown");
    assertThat(star.keptEntities()).hasToString("[shop.order_lines, shop.orders, tills.sales]");
  }

  @Test
  void theNorthwindStarIsRead() {
    StarSchema star =
        shipped(
            "examples/northwind",
            entities(
                "northwind.customers",
                "northwind.products",
                "northwind.categories",
                "northwind.suppliers",
                "northwind.employees",
                "northwind.shippers",
                "northwind.orders",
                "northwind.order_details"));
    assertThat(star.dimension("product").orElseThrow().enrichments())
        .containsExactly(
            new Enrichment(
                EntityName.parse("northwind.categories"), "category_id", List.of("category_name")),
            new Enrichment(
                EntityName.parse("northwind.suppliers"), "supplier_id", List.of("company_name")));
    assertThat(star.calendar("date").orElseThrow().to()).contains(LocalDate.of(1998, 12, 31));
    assertThat(star.facts().get(0).dimensions())
        .containsEntry("shipper", new DimensionUse("shipper", "ship_via"));
    assertThat(star.entities()).hasSize(8);
  }

  @Test
  void theGuidesExamplesAreRead() throws IOException {
    String guide = Files.readString(ROOT.resolve("docs/star-schema.md"));
    String yaml =
        Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL)
            .matcher(guide)
            .results()
            .map(block -> block.group(1))
            .collect(Collectors.joining());
    Set<EntityName> known =
        entities("shop.customers", "shop.tiers", "shop.orders", "shop.order_lines");
    Files.writeString(folder.resolve("star-schema.yaml"), yaml);
    StarSchema star =
        StarSchemaReader.read(new ProjectFolder(folder, "", problems), known)
            .orElseThrow(() -> new AssertionError(problems.all()));
    assertThat(star.dimension("customer").orElseThrow().enrichments()).hasSize(1);
    assertThat(star.calendar("date")).isPresent();
    assertThat(star.facts().get(0).dimensions())
        .containsEntry("shipped", new DimensionUse("date", "shipped_at"));
  }

  @Test
  void projectWithoutStarIsNoMistake() {
    assertThat(StarSchemaReader.read(new ProjectFolder(folder, "", problems), SHOP)).isEmpty();
    assertThat(problems.all()).isEmpty();
  }

  @Test
  void emptyStarIsRefused() {
    refused("dimensions:\nfacts: {}\n", "1:1 expected \"dimensions\" and \"facts\", found none");
  }

  @Test
  void rolesDeletionsAndDefaultsAreRead() {
    StarSchema star =
        sound(
            """
            dimensions:
              customer:
                from: shop.customers
                key: customer_id
                type_2: [region]
                columns: { region: upper(country) }
                deleted_when: closed_at IS NOT NULL
                on_delete: close
              date:
                calendar: { from: 2015-01-01, to: 2016-12-31, week_starts: sunday, fiscal_year_starts: april }
            facts:
              orders:
                grain: [order_id]
                event_time: ordered_at
                dimensions:
                  buyer: { dimension: customer, column: customer_id }
                  payer: { dimension: customer, column: paid_by }
                  ordered: { dimension: date, column: ordered_at }
                from:
                  shop.orders:
                  tills.sales: { set: { payer: unknown, customer_id: "1" } }
            """);
    DimensionModel customer = star.dimension("customer").orElseThrow();
    assertThat(customer.columns()).containsEntry("region", "upper(country)");
    assertThat(customer.deletedWhen()).contains("closed_at IS NOT NULL");
    assertThat(customer.onDelete()).isEqualTo(OnDelete.CLOSE);
    CalendarModel date = star.calendar("date").orElseThrow();
    assertThat(date.weekStarts()).isEqualTo(DayOfWeek.SUNDAY);
    assertThat(date.fiscalYearStarts()).isEqualTo(Month.APRIL);
    FactModel orders = star.facts().get(0);
    assertThat(orders.grain()).containsEntry("order_id", Simple.TEXT);
    assertThat(orders.dimensions()).containsEntry("payer", new DimensionUse("customer", "paid_by"));
    assertThat(orders.feeds()).hasSize(2);
  }

  @Test
  void mistakesInDimensionsAreAllReportedWithPlaceAndFix() {
    refused(
        """
        dimensions:
          customer:
            from: shop.custmers
            key: customer_id
            type_1: [name, city, name]
            type_2: [city, customer_id, Zip]
            on_delete: close
          product:
            from: shop.products
            enrich:
              shop.orders: { by: order_id, columns: [status, level] }
            type_1: [status]
            type_2: [valid_from]
            columns: { statis: upper( }
            efective_at: updated_at
          location: { key: store_id }
          both: { from: stores.stores, calendar: { from: 2015-01-01 } }
          date: { calendar: { from: 2015-01-01, to: 2014-01-01, years_ahead: 2, week_starts: moonday } }
          empty: { calendar: { years_ahead: 1 } }
        """,
        "3:11 unknown entity \"shop.custmers\"; did you mean \"shop.customers\"?",
        "5:26 \"name\" is listed twice",
        "6:5 \"city\" is in type_1 and in type_2",
        "6:5 \"customer_id\" is in the key already",
        "6:33 write it as zip",
        "7:5 without \"deleted_when\"",
        "9:5 \"key\" is missing",
        "11:36 \"level\" is in no list of attributes; add it to type_1",
        "13:5 \"valid_from\" is a column of every dimension",
        "14:16 \"statis\" is no attribute; list it in type_1 or type_2; did you mean \"status\"?",
        "14:24 no Spark SQL expression",
        "15:5 did you mean \"effective_at\"?",
        "16:13 neither \"from\" nor \"calendar\"",
        "17:32 found both",
        "18:41 ends before it begins",
        "18:57 no effect beside \"to\"",
        "18:86 did you mean \"monday\"?",
        "19:22 \"from\" is missing");
  }

  @Test
  void enrichedColumnOfTypeTwoIsRefused() {
    refused(
        """
        dimensions:
          product:
            from: shop.products
            key: product_id
            type_2: [status]
            enrich:
              shop.orders: { columns: [status], by: order_id }
              shop.customers: { columns: status }
              shop.stores: { by: store_id, columns: [status] }
        """,
        "7:22 as it is today; move it to type_1",
        "8:23 \"by\" is missing",
        "9:7 unknown entity \"shop.stores\"");
  }

  @Test
  void mistakesInFactsAreAllReportedWithPlaceAndFix() {
    refused(
        DIMENSIONS
            + """
            facts:
              sales:
                grain: { order_id: text, line: number }
                event_time: sold_at
                dimensions: { custmer: customer_id, price: price_id, day: { dimension: date, colum: sold_at } }
                measures: { quantity: intt, label: text, net: 1 - discount, twice: net, two: 1 + 1 }
                attributes: { order_id: text }
              returns:
                grain: []
                dimensions: { customer: customer_id }
                from:
            """,
        "7:5 \"from\" is missing",
        "7:36 expected a type: text",
        "9:19 unknown dimension \"custmer\"; did you mean \"customer\"?",
        "9:41 dimension \"price\" has a key of 2 columns",
        "9:63 \"column\" is missing",
        "9:82 did you mean \"column\"?",
        "10:27 \"intt\" is neither a type nor a measure that the feeds give; did you mean \"int\"?",
        "10:40 a measure is a number",
        "10:51 \"discount\" is neither a type nor a measure",
        "10:72 \"net\" is computed itself",
        "10:82 expected a type such as decimal(19,4)",
        "11:5 two columns \"order_id\"",
        "13:5 expected one or more columns that tell facts apart",
        "13:5 \"event_time\" is missing",
        "15:5 expected one or more entities");
  }

  @Test
  void mistakesInFeedsAreAllReportedWithPlaceAndFix() {
    refused(
        DIMENSIONS
            + """
            facts:
              sales:
                grain: [order_id]
                event_time: sold_at
                dimensions: { customer: customer_id, date: sold_at }
                measures: { quantity: int, amount: "decimal(5,2)", net: amount * 2 }
                from:
                  shop.order_lines:
                    header: { entity: shop.order_lines, by: order_id }
                    set: { customer: C1, quantity: many, amount: 1234.5, date: unknown, net: 1 }
                    columns: { sold: ordered_at, date: ordered_at, quantity: 1, order_id: "order_" }
                    canceled_when: status = 1
                  shop.oders: { header: { entity: shop.orders } }
                  tills.sales: { columns: { amount: "price *", customer: customer_no } }
            """,
        "13:19 cannot be their own header",
        "14:26 \"customer\" can be set to unknown or not_applicable",
        "14:40 expected a whole number",
        "14:54 does not fit in decimal(5,2)",
        "14:77 \"net\" is computed from other measures",
        "15:20 \"sold\" is no column of the fact \"sales\"",
        "15:38 \"date\" is under \"set\" already",
        "15:56 \"quantity\" is under \"set\" already",
        "16:9 did you mean \"cancelled_when\"?",
        "17:7 did you mean \"shop.orders\"?",
        "17:29 \"by\" is missing",
        "18:41 no Spark SQL expression",
        "18:52 dimension \"customer\" is found by \"customer_id\"");
  }

  @Test
  void nameThatIsDefinedTwiceIsReportedAcrossFiles() throws IOException {
    Files.createDirectory(folder.resolve("star-schema"));
    Files.writeString(folder.resolve("star-schema/a.yaml"), DIMENSIONS);
    Files.writeString(folder.resolve("star-schema/b.yaml"), DIMENSIONS);
    Files.writeString(folder.resolve("star-schema/c.yaml"), "facs: {}");
    assertThat(StarSchemaReader.read(new ProjectFolder(folder, "", problems), SHOP)).isEmpty();
    assertThat(problems.all()).hasSize(4);
    assertThat(problems.all().get(0))
        .hasToString(
            "star-schema/b.yaml:2:3: \"customer\" is already defined in star-schema/a.yaml:2:3;"
                + " remove one");
    assertThat(problems.all().get(3).toString()).contains("c.yaml:1:1", "did you mean \"facts\"?");
  }

  private StarSchema shipped(String project, Set<EntityName> known) {
    Optional<StarSchema> star =
        StarSchemaReader.read(new ProjectFolder(ROOT.resolve(project), "", problems), known);
    assertThat(problems.all()).isEmpty();
    return star.orElseThrow();
  }

  private StarSchema sound(String yaml) {
    Optional<StarSchema> star = read(yaml);
    assertThat(problems.all()).isEmpty();
    return star.orElseThrow();
  }

  /** Each expectation is a place, a blank and a part of the message; there are no others. */
  private void refused(String yaml, String... expected) {
    assertThat(read(yaml)).isEmpty();
    List<String> found = problems.all().stream().map(Object::toString).toList();
    assertThat(found).as(String.join("\n", found)).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      String[] parts = expected[i].split(" ", 2);
      assertThat(found.get(i)).startsWith("star-schema.yaml:" + parts[0] + ":").contains(parts[1]);
    }
  }

  private Optional<StarSchema> read(String yaml) {
    try {
      Files.writeString(folder.resolve("star-schema.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return StarSchemaReader.read(new ProjectFolder(folder, "", problems), SHOP);
  }

  private static Set<EntityName> entities(String... names) {
    return Arrays.stream(names).map(EntityName::parse).collect(Collectors.toSet());
  }
}
