package dev.loadstar.ingestion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.project.ProjectFolder;
import dev.loadstar.core.secret.Reference;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  private static final String SHOP =
      """
      shop:
        database: ${env:SHOP_URL}
        user: ${env:SHOP_USER}
        password: ${env:SHOP_PASSWORD}
        timezone: America/New_York
        schema: sales
        tables:
          customers: { cursor: updated_at }
          orders:
            table: tbl_orders
            cursor: updated_at
            overlap: 1h
            key: [order_id]
            columns: { total: "decimal(10,2)" }
            required: false
            references: { customer_id: customers }
          payments:
      """;
  private static final String STORES =
      """
      stores:
        api: ${env:STORES_API_URL}
        auth: api_key
        api_key: ${env:STORES_API_KEY}
        rate_limit: 50/s
        required: false
        endpoints:
          stores:
            path: /v1/stores
            paging: page_number
            page_size: 100
            records: data
            key: store_id
      """;
  private static final String TILLS =
      """
      tills:
        files: ${env:TILLS_URL:-data/tills}
        feeds:
          sales:
            match: ["sales_{yyyyMMdd}_*.csv*", "sales_{yyyyMMdd}_*.jsonl*"]
            key: [receipt_number, line_number]
            expect: daily
            delimiter: ";"
      """;

  @TempDir Path project;
  private final Problems problems = new Problems();

  private Optional<Sources> read(String yaml) throws IOException {
    Files.writeString(project.resolve("sources.yaml"), yaml);
    return Sources.read(new ProjectFolder(project, "", problems));
  }

  private Sources sound(String yaml) throws IOException {
    Optional<Sources> sources = read(yaml);
    assertThat(problems.all()).isEmpty();
    return sources.orElseThrow();
  }

  private List<String> mistakes(String yaml) throws IOException {
    assertThat(read(yaml)).isEmpty();
    return problems.all().stream().map(Object::toString).toList();
  }

  @Test
  void readsADatabase() throws IOException {
    DatabaseSourceModel shop = (DatabaseSourceModel) sound(SHOP).sources().get(0);

    assertThat(shop.timezone()).contains(ZoneId.of("America/New_York"));
    assertThat(shop.schema()).contains("sales");
    TableModel orders = shop.entities().get(1);
    assertThat(orders.name()).isEqualTo(new EntityName("shop", "orders"));
    assertThat(orders.table()).isEqualTo("tbl_orders");
    assertThat(orders.cursor()).contains("updated_at");
    assertThat(orders.overlap()).isEqualTo(Duration.ofHours(1));
    assertThat(orders.key()).containsExactly("order_id");
    assertThat(orders.columns()).containsEntry("total", new ColumnType.Decimal(10, 2));
    assertThat(orders.required()).isFalse();
    assertThat(orders.references()).containsExactly(Map.entry("customer_id", "customers"));
    TableModel payments = shop.entities().get(2);
    assertThat(payments.required()).isTrue();
    assertThat(payments.cursor()).isEmpty();
    assertThat(payments.table()).isEqualTo("payments");
  }

  @Test
  void readsAnApiWhoseEntitiesFollowTheSourceInNotBeingRequired() throws IOException {
    ApiSourceModel api = (ApiSourceModel) sound(STORES).sources().get(0);

    assertThat(api.rateLimit()).hasValue(50);
    assertThat(api.auth()).isInstanceOf(AuthModel.ApiKey.class);
    assertThat(((AuthModel.ApiKey) api.auth()).header()).isEqualTo("X-API-Key");
    EndpointModel stores = api.entities().get(0);
    assertThat(stores.required()).isFalse();
    assertThat(stores.records()).contains("data");
    assertThat(stores.paging()).isEqualTo(new PagingModel.PageNumber("page", 1, "page_size", 100));
  }

  @Test
  void readsFeedsOfFiles() throws IOException {
    FeedModel sales = (FeedModel) sound(TILLS).entities().get(0);

    assertThat(sales.match()).hasSize(2);
    assertThat(sales.daily()).isTrue();
    assertThat(sales.delimiter()).isEqualTo(';');
    assertThat(sales.key()).containsExactly("receipt_number", "line_number");
  }

  @Test
  void selectsBySourceAndByEntityInTheOrderOfTheFile() throws IOException {
    Sources sources = sound(SHOP + STORES + TILLS);

    assertThat(sources.select(List.of("tills.sales", "shop")))
        .extracting(EntityName::toString)
        .containsExactly("shop.customers", "shop.orders", "shop.payments", "tills.sales");
    assertThat(sources.select(List.of())).hasSize(5);
    assertThatThrownBy(() -> sources.select(List.of("shop.order")))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("shop.orders");
  }

  @Test
  void namesTheReferencesOfSelectedSourcesOnly() throws IOException {
    Sources sources = sound(SHOP + STORES + TILLS);

    assertThat(sources.references(List.of(new EntityName("stores", "stores"))))
        .extracting(Reference::text)
        .containsExactly("${env:STORES_API_URL}", "${env:STORES_API_KEY}");
  }

  @Test
  void reportsEveryMistakeWithItsLine() throws IOException {
    List<String> mistakes =
        mistakes(
            """
            shop:
              database: ${env:SHOP_URL}
              password: hunter2
              tables:
                customers: { curser: updated_at }
                orders: { overlap: 1h, references: { customer_id: custmers } }
                Payments:
            stores:
              endpoints:
            tills:
              files: data
              feeds:
                sales:
                  match: "sales_{csv,jsonl}"
                returns:
                  match: "returns.csv"
                  expect: daily
            api:
              api: ${env:URL}
              auth: bearer
              rate_limit: quick
              endpoints:
                things:
                  paging: none
                  page_size: 5
            """);

    assertThat(mistakes)
        .anySatisfy(m -> assertThat(m).contains("sources.yaml:3").contains("secret"))
        .anySatisfy(
            m -> assertThat(m).contains("sources.yaml:5").contains("did you mean \"cursor\""))
        .anySatisfy(m -> assertThat(m).contains("sources.yaml:6").contains("needs a \"cursor\""))
        .anySatisfy(
            m -> assertThat(m).contains("sources.yaml:6").contains("did you mean \"customers\""))
        .anySatisfy(m -> assertThat(m).contains("sources.yaml:7").contains("write \"payments\""))
        .anySatisfy(m -> assertThat(m).contains("sources.yaml:8").contains("one of database, api"))
        .anySatisfy(m -> assertThat(m).contains("sources.yaml:14").contains("a date only"))
        .anySatisfy(m -> assertThat(m).contains("sources.yaml:17").contains("needs a date"))
        .anySatisfy(m -> assertThat(m).contains("\"token\" is missing"))
        .anySatisfy(m -> assertThat(m).contains("expected a rate"))
        .anySatisfy(m -> assertThat(m).contains("\"path\" is missing"))
        .anySatisfy(m -> assertThat(m).contains("unknown key \"page_size\""))
        .noneSatisfy(m -> assertThat(m).contains("hunter2"));
  }

  @Test
  void saysThatATypeWithACommaNeedsQuotesInsideBraces() throws IOException {
    assertThat(
            mistakes(
                """
                shop:
                  database: ${env:SHOP_URL}
                  tables:
                    products:
                      columns: { list_price: decimal(10,2) }
                """))
        .singleElement()
        .asString()
        .contains("sources.yaml:5")
        .contains("needs quotes");
  }

  @Test
  void refusesWhatIsNotBuiltYet() throws IOException {
    assertThat(
            mistakes(
                """
                shop:
                  database: ${env:SHOP_URL}
                  tables:
                    products: { cursor: updated_at, detect_deletes: weekly }
                """))
        .singleElement()
        .asString()
        .contains("unknown key \"detect_deletes\"");
  }
}
