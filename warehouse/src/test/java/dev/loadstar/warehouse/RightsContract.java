package dev.loadstar.warehouse;

import static dev.loadstar.warehouse.StarLake.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.core.secret.Secret;
import dev.loadstar.jdbc.Database;
import dev.loadstar.tables.Commit;
import dev.loadstar.testing.TestDatabase;
import dev.loadstar.warehouse.migration.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The accounts that the DBA's guide tells to create, by the very statements that it prints. */
abstract class RightsContract {
  private static final String PASSWORD = "Rights-0f-Th3-Guide";
  private static final Pattern BLOCK = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;
  private String prefix;
  private String database;
  private WarehouseTarget owner;
  WarehouseTarget loader;
  private Warehouse warehouse;
  private StarLake star;

  abstract TestDatabase server();

  /** Statements of the guide that an administrator runs first. */
  abstract int blockBefore();

  /** Those that the owner runs after the first migration, if there are any. */
  abstract Optional<Integer> blockAfter();

  /** The URL that the accounts connect to. */
  abstract String url(String database);

  abstract Connection reader(String role) throws SQLException;

  @BeforeEach
  void createAccountsAndMigrate() throws SQLException, IOException {
    prefix = server().freshName();
    database = server().freshName();
    server().createDatabase(database);
    try (Connection admin = server().connect(database)) {
      run(admin, guide(blockBefore()));
    }
    owner = target("owner");
    loader = target("loader");
    assertThat(Warehouse.open(owner, Clock.systemUTC()).migrate()).hasSize(5);
    if (blockAfter().isPresent()) {
      try (Connection connection = owner.database().connect()) {
        run(connection, guide(blockAfter().get()));
      }
    }
    warehouse = Warehouse.open(loader, PublishContract.CLOCK);
    star = new StarLake(folder);
  }

  private WarehouseTarget target(String account) {
    Map<String, String> schemas = new TreeMap<>();
    Stream.of("dw", "etl", "bi", "stg").forEach(name -> schemas.put(name, prefix + "_" + name));
    Database at = account(account);
    return new WarehouseTarget(at, schemas, Optional.of(Fixture.MIGRATIONS));
  }

  private Database account(String account) {
    return new Database(
        url(database), Optional.of(role(account)), Optional.of(new Secret(PASSWORD)));
  }

  String role(String account) {
    return prefix + "_" + account;
  }

  String password() {
    return PASSWORD;
  }

  private List<String> guide(int block) throws IOException {
    Path guide = Fixture.MIGRATIONS.resolve("../../docs/dba.md");
    String text = Files.readString(guide);
    String sql =
        BLOCK
            .matcher(text)
            .results()
            .map(found -> found.group(1))
            .skip(block)
            .findFirst()
            .orElseThrow();
    String ours =
        sql.replaceAll("--.*", "")
            .replace("\u2026", PASSWORD)
            .replaceAll("\\bdw_(owner|loader|reader)\\b", prefix + "_$1")
            .replaceAll("\\b(dw|etl|stg|bi)\\b", prefix + "_$1")
            .replaceAll("\\bwarehouse\\b", database);
    return Stream.of(ours.split(";")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private static void run(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private Map<String, RowBalance> publish(Commit commit) {
    return PublishContract.publish(warehouse, star, commit);
  }

  private Commit firstNight() {
    StarLake.ALL.forEach(shape -> star.rows(shape, 2));
    star.rows(StarLake.CUSTOMER, 5);
    star.rows(StarLake.DATE, 3);
    star.rows(StarLake.SALES, 3);
    return star.commit(1, StarLake.firstNight());
  }

  @Test
  void theLoaderNeedsNothingElse() {
    warehouse.requireMigrated();
    assertThat(warehouse.published()).isEmpty();
    Commit first = firstNight();
    warehouse.requireRoom(StarLake.ALL, Map.of());
    assertThat(publish(first)).hasSize(5);
    assertThat(warehouse.check(first)).isNotEmpty().allMatch(QualityResult::passed);
    assertThat(warehouse.checksum(StarLake.ALL)).containsKey("total");
    assertThat(warehouse.rowCounts(StarLake.ALL)).hasSize(5);

    Commit second =
        star.commit(
            2,
            List.of(
                sale(2, "A", 2, "2024-01-01T13:00:00Z", 2, "-4"),
                sale(3, "B", 1, "2024-01-01T13:00:00.123456Z", 3, "0").delete(),
                sale(4, "B", 1, "2024-01-01T14:00:00Z", 3, "5")));
    assertThat(publish(second).get("fact_sales")).isEqualTo(RowBalance.allPassed(3));
    assertThat(warehouse.published().orElseThrow().commit()).isEqualTo(2);
  }

  @Test
  void theLoaderMayFillAnEmptyStarWithoutItsKeys() throws SQLException {
    assertThat(publish(FirstNights.large(star)).get("fact_sales").passed())
        .isEqualTo(FirstNights.SALES);
    try (Connection connection = loader.database().connect()) {
      String stage = loader.schemas().get("stg") + ".fact_sales";
      assertThat(loader.database().engine().table(connection, stage)).as("not staged").isEmpty();
    }
  }

  @Test
  void theReaderTakesNoKeyOff() throws SQLException {
    WarehouseDialect dialect = dialect();
    try (Connection connection = reader(role("reader"))) {
      assertThat(dialect.keys().offered(connection, loader.schemas().get("etl"))).isFalse();
      assertThatThrownBy(
              () ->
                  dialect
                      .keys()
                      .takeOff(connection, loader.schemas().get("etl"), List.of("fact_sales")))
          .isInstanceOf(SQLException.class);
    }
  }

  private WarehouseDialect dialect() {
    return FirstNights.dialect(loader);
  }

  @Test
  void theLoaderChangesNoTable() {
    publish(firstNight());
    refused(loader.database(), "CREATE TABLE " + loader.dw("mine") + " (a INT)");
    refused(loader.database(), "ALTER TABLE " + loader.dw("dim_date") + " ADD COLUMN a INT");
    refused(loader.database(), "DROP TABLE " + loader.etl("run"));
    refused(loader.database(), "CREATE VIEW " + view("mine") + " AS SELECT 1 AS a");
    assertThatThrownBy(() -> new Migrations(later()).migrate()).isInstanceOf(LoadException.class);
  }

  /** The loader's account with a migration that is not applied yet. */
  private WarehouseTarget later() throws IOException {
    Path migrations = folder.resolve("migrations");
    Path files = Files.createDirectories(migrations.resolve(server().engine()));
    try (Stream<Path> shipped = Files.list(Fixture.MIGRATIONS.resolve(server().engine()))) {
      for (Path file : shipped.toList()) {
        Files.copy(file, files.resolve(file.getFileName()));
      }
    }
    Files.writeString(
        files.resolve("V900__later.sql"),
        "CREATE TABLE ${dw}.later_on (a INT);\n"
            + "CREATE VIEW ${bi}.later_on AS SELECT a FROM ${dw}.later_on;\n");
    return new WarehouseTarget(loader.database(), loader.schemas(), Optional.of(migrations));
  }

  @Test
  void whatALaterMigrationAddsIsLoadedAndReadToo() throws SQLException, IOException {
    Path migrations = later().migrations().orElseThrow();
    WarehouseTarget target =
        new WarehouseTarget(owner.database(), owner.schemas(), Optional.of(migrations));
    assertThat(Warehouse.open(target, Clock.systemUTC()).migrate()).hasSize(1);
    try (Connection connection = loader.database().connect()) {
      run(connection, List.of("INSERT INTO " + loader.dw("later_on") + " VALUES (1)"));
    }
    assertThat(read(view("later_on"))).isOne();
  }

  @Test
  void theReaderSeesTheViewsAndNothingElse() throws SQLException {
    publish(firstNight());
    assertThat(read(view("sales"))).isEqualTo(3);
    assertThat(read(view("customer"))).isPositive();
    for (String hidden :
        List.of(loader.dw("fact_sales"), loader.etl("run"), loader.stg("fact_sales"))) {
      assertThatThrownBy(() -> read(hidden)).isInstanceOf(SQLException.class);
    }
  }

  private String view(String name) {
    return loader.database().engine().name(loader.schemas().get("bi"), name);
  }

  private long read(String table) throws SQLException {
    try (Connection connection = reader(role("reader"));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void refused(Database account, String sql) {
    assertThatThrownBy(
            () -> {
              try (Connection connection = account.connect()) {
                run(connection, List.of(sql));
              }
            })
        .isInstanceOfSatisfying(
            SQLException.class,
            e ->
                assertThat(account.engine().classify(e).code())
                    .isEqualTo(ErrorCode.CREDENTIALS_REFUSED));
  }

  String database() {
    return database;
  }
}
