package dev.loadstar.ingestion.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.project.ProjectFolder;
import dev.loadstar.core.secret.References;
import dev.loadstar.core.time.BusinessDate;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.ingestion.DataIngestionPipeline;
import dev.loadstar.ingestion.IngestOptions;
import dev.loadstar.ingestion.IngestResult;
import dev.loadstar.ingestion.ResolvedReferences;
import dev.loadstar.ingestion.model.DatabaseSourceModel;
import dev.loadstar.ingestion.model.Sources;
import dev.loadstar.jdbc.Retry.RetryPolicySettings;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.Lakes;
import dev.loadstar.lake.load.DataFile;
import dev.loadstar.lake.load.RawLoad;
import dev.loadstar.lake.parquet.RowReader;
import dev.loadstar.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every engine must do as a source. */
abstract class DatabaseSourceContract {
  private static final EntityName ORDERS = new EntityName("shop", "orders");
  private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 20);
  private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");

  @TempDir Path folder;
  private String url;
  private Lake lake;
  private ZoneId zone = ZoneOffset.UTC;

  abstract TestDatabase server();

  /** The engine's own type of an instant. */
  abstract String instantType();

  /** The engine's own type of a wall clock. */
  abstract String wallClockType();

  /** A type of text in which case does not count. */
  abstract String looseType();

  @BeforeEach
  void createDatabaseAndLake() {
    url = server().freshDatabase();
    lake = Lakes.open(folder.resolve("lake").toString(), folder, Map.of());
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection = server().connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          server().engine().equals("postgresql")
              ? "SET TIME ZONE 'UTC'"
              : "SET time_zone = '+00:00'");
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private void createOrders(String timeType) throws SQLException {
    sql(
        "CREATE TABLE orders (order_id BIGINT PRIMARY KEY, total DECIMAL(10,2), updated_at %s NULL)"
            .formatted(timeType));
  }

  private Sources sources(String table) {
    Problems problems = new Problems();
    try {
      Files.writeString(
          folder.resolve("sources.yaml"),
          """
          shop:
            database: ${env:URL}
            user: ${env:SHOP_USER}
            password: ${env:SHOP_PASSWORD:-}
            tables:
              orders: %s
          """
              .formatted(table));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Sources sources =
        Sources.read(new ProjectFolder(folder, "", problems)).orElse(new Sources(List.of()));
    assertThat(problems.all()).isEmpty();
    return sources;
  }

  private DataIngestionPipeline pipeline(String table) {
    ResolvedReferences references =
        new ResolvedReferences(
            new References(
                Map.of(
                    "URL",
                    url,
                    "SHOP_USER",
                    server().user(),
                    "SHOP_PASSWORD",
                    server().password())));
    return new DataIngestionPipeline(
        lake,
        sources(table),
        model -> new DatabaseSource((DatabaseSourceModel) model, references),
        Clock.fixed(NOW, ZoneOffset.UTC),
        new RetryPolicySettings(2, Duration.ofMillis(1), Duration.ofMillis(2)),
        4);
  }

  private IngestResult ingest(String table, LocalDate date, IngestOptions options) {
    return pipeline(table).ingest(new BusinessDate(date, zone), List.of(ORDERS), options).get(0);
  }

  private IngestResult ingest(String table, LocalDate date) {
    return ingest(table, date, IngestOptions.USUAL);
  }

  private RawLoad latest() {
    return lake.raw().latest(ORDERS).orElseThrow();
  }

  private List<List<Object>> rows(RawLoad load, Column... columns) {
    List<List<Object>> rows = new ArrayList<>();
    for (DataFile file : load.files()) {
      try (RowReader reader = lake.newReader(file, List.of(columns))) {
        for (Object[] row = reader.next(); row != null; row = reader.next()) {
          rows.add(new ArrayList<>(Arrays.asList(row)));
        }
      }
    }
    return rows;
  }

  private List<Object> ids(RawLoad load) {
    return rows(load, new Column("order_id", Simple.BIGINT)).stream()
        .map(row -> row.get(0))
        .toList();
  }

  @Test
  void readsATableInFullWithTheTypesAndKeyOfItsCatalogue() throws SQLException {
    createOrders(instantType());
    sql("INSERT INTO orders VALUES (1, 12.50, '2026-11-20 10:00:00'), (2, NULL, NULL)");

    IngestResult result = ingest("", FRIDAY);

    assertThat(result.outcome()).isEqualTo(IngestResult.Outcome.LOADED);
    assertThat(result.rows()).isEqualTo(2);
    RawLoad load = latest();
    assertThat(load.key()).containsExactly("order_id");
    assertThat(load.cursor()).isEmpty();
    assertThat(load.columns())
        .containsExactly(
            new Column("order_id", Simple.BIGINT),
            new Column("total", new ColumnType.Decimal(10, 2)),
            new Column("updated_at", Simple.TIMESTAMP));
    assertThat(
            rows(
                load,
                new Column("_source", Simple.TEXT),
                new Column("_entity", Simple.TEXT),
                new Column("_origin", Simple.TEXT),
                new Column("_row", Simple.BIGINT),
                new Column("_business_date", Simple.DATE),
                new Column("_ingested_at", Simple.TIMESTAMP),
                new Column("_malformed", Simple.TEXT),
                new Column("updated_at", Simple.TIMESTAMP)))
        .first()
        .isEqualTo(
            Arrays.asList(
                "shop",
                "orders",
                "orders",
                1L,
                (int) FRIDAY.toEpochDay(),
                NOW.getEpochSecond() * 1_000_000,
                null,
                Instant.parse("2026-11-20T10:00:00Z").getEpochSecond() * 1_000_000));
  }

  @Test
  void manyRowsComeOnceEachWithTheirNumbersAndTheHighestCursor() throws SQLException {
    createOrders(instantType());
    int count = 9_500;
    StringBuilder values = new StringBuilder();
    for (int id = 1; id <= count; id++) {
      String total = id % 7 == 0 ? "NULL" : id + ".25";
      String time = "'2026-11-20 %02d:%02d:00'".formatted(id * 13 % 1_380 / 60, id * 13 % 60);
      values.append(id == 1 ? "(" : ", (").append(id).append(", ").append(total).append(", ");
      values.append(id % 11 == 0 ? "NULL" : time).append(')');
    }
    sql("INSERT INTO orders VALUES " + values);

    IngestResult result = ingest("{ cursor: updated_at }", FRIDAY);

    assertThat(result.rows()).isEqualTo(count);
    assertThat(result.findings()).singleElement().asString().startsWith("863 rows have nothing in");
    assertThat(latest().bookmark()).containsEntry("value", "2026-11-20T22:59:00Z");
    Column number = new Column("_row", Simple.BIGINT);
    Column id = new Column("order_id", Simple.BIGINT);
    Column total = new Column("total", new ColumnType.Decimal(10, 2));
    List<List<Object>> rows = rows(latest(), number, id, total);
    assertThat(rows).extracting(row -> row.get(0)).doesNotHaveDuplicates().contains(1L, 9_500L);
    assertThat(rows).extracting(row -> row.get(1)).doesNotHaveDuplicates().hasSize(count);
    assertThat(rows)
        .allSatisfy(
            row ->
                assertThat(row.get(2))
                    .isEqualTo(
                        (Long) row.get(1) % 7 == 0 ? null : new BigDecimal(row.get(1) + ".25")));
  }

  @Test
  void readsAViewAndATableWithoutAKey() throws SQLException {
    sql(
        "CREATE TABLE bare (note VARCHAR(20))",
        "INSERT INTO bare VALUES ('ä€😀'), (''), (NULL), ('ä€😀')",
        "CREATE VIEW shown AS SELECT note FROM bare WHERE note IS NOT NULL");

    ingest("{ table: bare }", FRIDAY);
    assertThat(latest().key()).isEmpty();
    assertThat(notes()).containsExactlyInAnyOrder("ä€😀", "", null, "ä€😀");

    ingest("{ table: shown }", FRIDAY.plusDays(1));
    assertThat(notes()).containsExactlyInAnyOrder("ä€😀", "", "ä€😀");
  }

  private List<Object> notes() {
    return rows(latest(), new Column("note", Simple.TEXT)).stream().map(r -> r.get(0)).toList();
  }

  @Test
  void aRerunFindsTheLoadOfTheDate() throws SQLException {
    createOrders(instantType());
    sql("INSERT INTO orders VALUES (1, 1, NULL)");
    ingest("", FRIDAY);

    IngestResult again = ingest("", FRIDAY);

    assertThat(again.outcome()).isEqualTo(IngestResult.Outcome.ALREADY_LOADED);
    assertThat(again.rows()).isEqualTo(1);
    assertThat(latest().number()).isEqualTo(1);
  }

  @Test
  void readsOnlyWhatChangedAfterTheBookmarkAndBeforeTheEndOfTheDate() throws SQLException {
    createOrders(instantType());
    sql(
        "INSERT INTO orders VALUES (1, 1, '2026-11-20 10:00:00'), (2, 2, '2026-11-20 23:59:59'),"
            + " (3, 3, '2026-11-21 00:00:00'), (4, 4, NULL)");

    IngestResult first = ingest("{ cursor: updated_at }", FRIDAY);

    assertThat(ids(latest())).containsExactlyInAnyOrder(1L, 2L, 4L);
    assertThat(latest().bookmark()).containsEntry("value", "2026-11-20T23:59:59Z");
    assertThat(latest().cursor()).contains("updated_at");
    assertThat(first.findings()).singleElement().asString().contains("1 rows have nothing in");

    sql("UPDATE orders SET updated_at = '2026-11-21 08:00:00' WHERE order_id = 1");
    ingest("{ cursor: updated_at }", FRIDAY.plusDays(1));

    assertThat(ids(latest())).containsExactlyInAnyOrder(1L, 3L);
    assertThat(latest().bookmark()).containsEntry("value", "2026-11-21T08:00:00Z");

    ingest("{ cursor: updated_at }", FRIDAY.plusDays(2));

    assertThat(latest().number()).isEqualTo(3);
    assertThat(latest().files()).isEmpty();
    assertThat(latest().bookmark()).containsEntry("value", "2026-11-21T08:00:00Z");
  }

  @Test
  void anOverlapReadsRowsThatWereCommittedLate() throws SQLException {
    createOrders(instantType());
    sql("INSERT INTO orders VALUES (1, 1, '2026-11-20 10:00:00')");
    ingest("{ cursor: updated_at, overlap: 1h }", FRIDAY);
    sql("INSERT INTO orders VALUES (2, 2, '2026-11-20 09:30:00'), (3, 3, '2026-11-20 08:30:00')");

    ingest("{ cursor: updated_at, overlap: 1h }", FRIDAY.plusDays(1));

    assertThat(ids(latest())).containsExactlyInAnyOrder(1L, 2L);
    assertThat(latest().bookmark()).containsEntry("value", "2026-11-20T10:00:00Z");
  }

  @Test
  void aWallClockIsTakenInTheZoneOfTheSource() throws SQLException {
    zone = ZoneId.of("America/New_York");
    createOrders(wallClockType());
    sql("INSERT INTO orders VALUES (1, 1, '2026-11-20 23:30:00'), (2, 2, '2026-11-21 00:30:00')");

    ingest("{ cursor: updated_at }", FRIDAY);

    assertThat(ids(latest())).containsExactly(1L);
    assertThat(latest().timezone()).isEqualTo("America/New_York");
    assertThat(latest().bookmark()).containsEntry("value", "2026-11-20T23:30");
  }

  @Test
  void followsAGrowingNumberThatIsNoChangeTime() throws SQLException {
    createOrders(instantType());
    sql("INSERT INTO orders VALUES (9, 1, NULL), (10, 1, NULL)");
    ingest("{ cursor: order_id }", FRIDAY);
    sql("INSERT INTO orders VALUES (11, 1, NULL)");

    ingest("{ cursor: order_id }", FRIDAY.plusDays(1));

    assertThat(ids(latest())).containsExactly(11L);
    assertThat(latest().bookmark()).containsEntry("value", "11");
    assertThat(latest().cursor()).isEmpty();
  }

  @Test
  void followsADateAndReadsItsLastDayAgain() throws SQLException {
    createOrders("DATE");
    sql(
        "INSERT INTO orders VALUES (1, 1, '2026-11-19'), (2, 1, '2026-11-20'), (3, 1,"
            + " '2026-11-21')");
    ingest("{ cursor: updated_at }", FRIDAY);
    assertThat(ids(latest())).containsExactlyInAnyOrder(1L, 2L);
    sql("INSERT INTO orders VALUES (4, 1, '2026-11-20')");

    ingest("{ cursor: updated_at }", FRIDAY.plusDays(1));

    assertThat(ids(latest())).containsExactlyInAnyOrder(2L, 3L, 4L);
  }

  @Test
  void loadingADateAgainReadsItsChangesAgainAndKeepsTheBookmark() throws SQLException {
    createOrders(instantType());
    sql("INSERT INTO orders VALUES (1, 1, '2026-11-20 10:00:00')");
    ingest("{ cursor: updated_at }", FRIDAY);
    sql("INSERT INTO orders VALUES (2, 2, '2026-11-21 10:00:00')");
    ingest("{ cursor: updated_at }", FRIDAY.plusDays(1));

    ingest("{ cursor: updated_at }", FRIDAY, new IngestOptions(true, false));

    assertThat(ids(latest())).containsExactly(1L);
    assertThat(latest().number()).isEqualTo(3);
    assertThat(latest().businessDate()).isEqualTo(FRIDAY);
    assertThat(latest().latestDate()).isEqualTo(FRIDAY.plusDays(1));
    assertThat(latest().bookmark()).containsEntry("value", "2026-11-21T10:00:00Z");
  }

  @Test
  void refusesAnOldDateOfATableWithoutChangeTimesUnlessToldAsIs() throws SQLException {
    createOrders(instantType());
    sql("INSERT INTO orders VALUES (1, 1, NULL)");
    ingest("", FRIDAY);

    assertThatThrownBy(() -> ingest("", FRIDAY.minusDays(1)))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATE_REFUSED));
    assertThat(latest().number()).isEqualTo(1);

    ingest("", FRIDAY.minusDays(1), new IngestOptions(false, true));
    assertThat(latest().number()).isEqualTo(2);
  }

  @Test
  void reportsColumnsThatComeGoAndChange() throws SQLException {
    createOrders(instantType());
    ingest("", FRIDAY);
    sql(
        "ALTER TABLE orders DROP COLUMN total",
        "ALTER TABLE orders ADD COLUMN note VARCHAR(20)",
        server().engine().equals("postgresql")
            ? "ALTER TABLE orders ALTER COLUMN order_id TYPE INT"
            : "ALTER TABLE orders MODIFY COLUMN order_id INT");

    assertThat(ingest("", FRIDAY.plusDays(1)).findings())
        .containsExactlyInAnyOrder(
            "drift: column order_id changed from bigint to int",
            "drift: column note (text) is new",
            "drift: column total is gone");
  }

  @Test
  void readsInFullWhenTheCursorWasChanged() throws SQLException {
    createOrders(instantType());
    sql("INSERT INTO orders VALUES (1, 1, '2026-11-20 10:00:00')");
    ingest("{ cursor: order_id }", FRIDAY);

    IngestResult result = ingest("{ cursor: updated_at }", FRIDAY.plusDays(1));

    assertThat(ids(latest())).containsExactly(1L);
    assertThat(result.findings()).anySatisfy(f -> assertThat(f).contains("read in full"));
  }

  private List<Object> customers(RawLoad load) {
    return rows(load, new Column("order_id", Simple.BIGINT), new Column("customer", Simple.TEXT))
        .stream()
        .map(row -> row.get(1))
        .toList();
  }

  private void createCustomers(String foreignKey) throws SQLException {
    if (server().engine().equals("postgresql")) {
      sql("CREATE EXTENSION citext");
    }
    sql(
        "CREATE TABLE customers (id %s PRIMARY KEY)".formatted(looseType()),
        "CREATE TABLE orders (order_id BIGINT PRIMARY KEY, customer %s, updated_at %s%s)"
            .formatted(looseType(), instantType() + " NULL", foreignKey),
        "INSERT INTO customers VALUES ('abc')",
        "INSERT INTO orders VALUES (1, 'abc', '2026-11-20 10:00:00'), (2, 'ABC', '2026-11-20"
            + " 11:00:00')");
  }

  @Test
  void aForeignKeyIsReadAsTheKeyIsSpelledInEveryLoad() throws SQLException {
    createCustomers(", CONSTRAINT of_customer FOREIGN KEY (customer) REFERENCES customers (id)");

    ingest("{ cursor: updated_at }", FRIDAY);
    assertThat(customers(latest())).containsExactly("abc", "abc");
    assertThat(latest().columns()).hasSize(3);

    sql("INSERT INTO orders VALUES (3, 'aBC', '2026-11-21 01:00:00')");
    ingest("{ cursor: updated_at }", FRIDAY.plusDays(1));
    assertThat(customers(latest())).containsExactly("abc");
  }

  @Test
  void aReferenceThatOnlyTheProjectKnowsIsReadAsTheKeyIsSpelled() throws SQLException {
    createCustomers("");

    ingest("", FRIDAY);
    assertThat(customers(latest())).containsExactly("abc", "ABC");

    IngestResult again =
        ingest("{ references: { Customer: customers } }\n    customers:", FRIDAY.plusDays(1));
    assertThat(customers(latest())).containsExactly("abc", "abc");
    assertThat(again.findings()).isEmpty();
  }

  @Test
  void aReferenceNamesAColumnAndAnEntityWithOneKeyColumn() throws SQLException {
    createCustomers("");
    sql("CREATE TABLE pairs (a INT, b INT, PRIMARY KEY (a, b))");

    assertFailure(
        "{ references: { custmer: customers } }\n    customers:",
        ErrorCode.CONFIGURATION_INVALID,
        "did you mean \"customer\"?");
    assertFailure(
        "{ references: { customer: pairs } }\n    pairs:",
        ErrorCode.CONFIGURATION_INVALID,
        "whose key has 2 columns, expected one");
    assertFailure(
        "{ references: { customer: nothing } }\n    nothing:",
        ErrorCode.NOT_FOUND,
        "found no table or view nothing");
  }

  @Test
  void namesAMissingTable() {
    assertFailure("", ErrorCode.NOT_FOUND, "found no table or view orders");
  }

  @Test
  void namesAMissingCursorAndTheColumnThatWasMeant() throws SQLException {
    createOrders(instantType());

    assertFailure(
        "{ cursor: update_at }",
        ErrorCode.CONFIGURATION_INVALID,
        "did you mean \"updated_at\"? Correct sources.yaml.");
    assertFailure(
        "{ key: [no_such] }", ErrorCode.CONFIGURATION_INVALID, "names the column no_such");
  }

  @Test
  void refusesACursorThatHasNoOrderInTime() throws SQLException {
    sql("CREATE TABLE orders (order_id BIGINT PRIMARY KEY, note VARCHAR(9))");

    assertFailure("{ cursor: note }", ErrorCode.CONFIGURATION_INVALID, "is of type text");
  }

  private void assertFailure(String table, ErrorCode code, String message) {
    assertThatThrownBy(() -> ingest(table, FRIDAY))
        .isInstanceOfSatisfying(LoadException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining("shop.orders")
        .hasMessageContaining(message);
    assertThat(lake.raw().latest(ORDERS)).isEmpty();
  }

  @Test
  void saysThatAServerIsUnreachableWithoutItsOptionsOrPassword() {
    url = url.replaceFirst(":\\d+/", ":1/");

    assertThatThrownBy(() -> ingest("", FRIDAY))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREACHABLE))
        .hasMessageContaining(":1/")
        .hasMessageNotContaining("sslMode");
  }

  @Test
  void namesTheVariableThatIsNotSet() {
    ResolvedReferences nothing = new ResolvedReferences(new References(Map.of("URL", url)));
    DatabaseSourceModel shop = (DatabaseSourceModel) sources("").sources().get(0);

    assertThatThrownBy(() -> new DatabaseSource(shop, nothing))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SECRET_MISSING))
        .hasMessageContaining("sources.yaml:3")
        .hasMessageContaining("SHOP_USER");
  }

  @Test
  void readsARealNameWithUpperCaseAndQuotes() throws SQLException {
    String quoted = server().engine().equals("postgresql") ? "\"Order Book\"" : "`Order Book`";
    sql(
        "CREATE TABLE " + quoted + " (id INT PRIMARY KEY)",
        "INSERT INTO " + quoted + " VALUES (7)");

    assertThat(ingest("{ table: Order Book }", FRIDAY).rows()).isEqualTo(1);
  }
}
