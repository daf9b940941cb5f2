package dev.loadstar.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.row.RowBatch;
import dev.loadstar.core.secret.Secret;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.core.type.Extent;
import dev.loadstar.testing.TestDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every engine does. The JVM runs in Pacific/Apia, so a zone mistake shows. */
abstract class DatabaseContract {
  static final List<Column> ALL_TYPES =
      List.of(
          new Column("a text", Simple.TEXT),
          new Column("b", Simple.BOOLEAN),
          new Column("c", Simple.INT),
          new Column("d", Simple.BIGINT),
          new Column("e", Simple.FLOAT),
          new Column("f", Simple.DOUBLE),
          new Column("g", new ColumnType.Decimal(38, 10)),
          new Column("h", Simple.DATE),
          new Column("i", Simple.TIMESTAMP),
          new Column("j", Simple.LOCAL_TIMESTAMP),
          new Column("k", Simple.BINARY));

  abstract TestDatabase server();

  String fresh = "";

  Database database() {
    fresh = server().freshDatabase();
    return at(fresh, server().password());
  }

  Database at(String url, String password) {
    return new Database(url, Optional.of(server().user()), Optional.of(new Secret(password)));
  }

  static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static RowSource source(List<Object[]> rows) {
    Iterator<Object[]> iterator = rows.iterator();
    return () -> iterator.hasNext() ? iterator.next() : null;
  }

  /** Row by row; and in batches, which must give the same. */
  static List<List<Object>> read(Database database, String sql, List<Column> columns) {
    List<List<Object>> read = new ArrayList<>();
    try (Connection connection = database.connect();
        RowStream rows = RowStream.open(database, connection, "test", sql, columns)) {
      for (Object[] row = rows.next(); row != null; row = rows.next()) {
        read.add(new ArrayList<>(Arrays.asList(row)));
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    List<List<Object>> batches = readInBatches(database, sql, columns);
    assertThat(batches.stream().map(DatabaseContract::comparable).toList())
        .isEqualTo(read.stream().map(DatabaseContract::comparable).toList());
    return read;
  }

  static List<List<Object>> readInBatches(
      Database database, String sql, List<Column> columns, Object... binds) {
    List<List<Object>> read = new ArrayList<>();
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      try (BatchStream rows = BatchStream.open(database, connection, "test", sql, columns, binds)) {
        for (RowBatch batch = rows.next(); batch != null; batch = rows.next()) {
          for (int row = 0; row < batch.rows(); row++) {
            read.add(BatchValues.row(batch, row));
          }
        }
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return read;
  }

  private static List<Object> comparable(List<Object> row) {
    return row.stream()
        .map(value -> value instanceof byte[] bytes ? Arrays.toString(bytes) : value)
        .toList();
  }

  private static void createAllTypes(Database database, Connection connection) throws SQLException {
    execute(
        connection,
        ALL_TYPES.stream()
            .map(
                c ->
                    database.engine().quote(c.name())
                        + " "
                        + database.engine().columnType(c.type())
                        + " NULL")
            .collect(Collectors.joining(", ", "CREATE TABLE everything (", ")")));
  }

  static long micros(String instant) {
    Instant time = Instant.parse(instant);
    return time.getEpochSecond() * 1_000_000L + time.getNano() / 1000;
  }

  static List<Object[]> edges() {
    Object[] nulls = new Object[ALL_TYPES.size()];
    return List.of(
        new Object[] {
          "tab\t newline\n return\r back\\slash \\N 'q' \"d\" ü 😀 \\",
          true,
          Integer.MAX_VALUE,
          Long.MAX_VALUE,
          1.5f,
          0.1d,
          new BigDecimal("1234567890123456789012345678.0123456789"),
          (int) LocalDate.of(9999, 12, 31).toEpochDay(),
          micros("9999-12-31T00:00:00Z"),
          micros("2011-12-30T12:34:56.123456Z"), // a day that Pacific/Apia skipped
          new byte[] {0, '\t', '\n', '\\', -1}
        },
        new Object[] {
          "",
          false,
          Integer.MIN_VALUE,
          Long.MIN_VALUE,
          -0.25f,
          -1e300,
          new BigDecimal("-0.0000000001"),
          (int) LocalDate.of(1900, 1, 1).toEpochDay(),
          micros("1900-01-01T00:00:00Z"),
          micros("1969-12-31T23:59:59.999999Z"),
          new byte[0]
        },
        new Object[] {"x", true, 0, 0L, 0f, 0d, new BigDecimal("0"), 0, 0L, 0L, new byte[] {1}},
        new Object[] {
          "x", true, 1, 1L, 1f, 1d, new BigDecimal("10000.5"), 1, 1L, 1L, new byte[] {1}
        },
        nulls);
  }

  @Test
  void whatIsLoadedReadsBackTheSame() throws SQLException {
    Database database = database();
    try (Connection connection = database.connectForLoading()) {
      createAllTypes(database, connection);
      long loaded = database.engine().load(connection, "everything", ALL_TYPES, source(edges()));
      assertThat(loaded).isEqualTo(5);
    }
    String columns =
        ALL_TYPES.stream()
            .map(c -> database.engine().quote(c.name()))
            .collect(Collectors.joining(", "));
    List<List<Object>> read = read(database, "SELECT " + columns + " FROM everything", ALL_TYPES);
    assertThat(read).hasSize(5);
    for (int row = 0; row < 5; row++) {
      for (int column = 0; column < ALL_TYPES.size(); column++) {
        Object wanted = edges().get(row)[column];
        Object found = read.get(row).get(column);
        if (wanted instanceof BigDecimal number) {
          assertThat((BigDecimal) found).isEqualByComparingTo(number);
        } else {
          assertThat(found).as(ALL_TYPES.get(column).name()).isEqualTo(wanted);
        }
      }
    }
  }

  @Test
  void manyRowsStreamThroughWithoutLoss() throws SQLException {
    Database database = database();
    List<Column> columns = List.of(new Column("n", Simple.BIGINT), new Column("t", Simple.TEXT));
    try (Connection connection = database.connectForLoading()) {
      execute(connection, "CREATE TABLE many (n BIGINT, t TEXT)");
      int[] next = {0};
      Object[] row = new Object[2];
      RowSource rows =
          () -> {
            row[0] = (long) next[0];
            row[1] = "row " + next[0];
            return next[0]++ < 30_000 ? row : null;
          };
      assertThat(database.engine().load(connection, "many", columns, rows)).isEqualTo(30_000);
    }
    long sum =
        read(database, "SELECT n, t FROM many", columns).stream()
            .mapToLong(row -> (Long) row.get(0))
            .sum();
    assertThat(sum).isEqualTo(IntStream.range(0, 30_000).asLongStream().sum());
  }

  @Test
  void aValueThatDoesNotFitIsRefused() throws SQLException {
    Database database = database();
    List<Column> columns = List.of(new Column("t", Simple.TEXT));
    try (Connection connection = database.connectForLoading()) {
      execute(connection, "CREATE TABLE narrow (t VARCHAR(3))");
      assertThatThrownBy(
              () ->
                  database
                      .engine()
                      .load(
                          connection,
                          "narrow",
                          columns,
                          source(List.<Object[]>of(new Object[] {"long"}))))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void sessionsRunInUtc() throws SQLException {
    Database database = database();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sessionZone())) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isIn("UTC", "+00:00");
    }
  }

  abstract String sessionZone();

  @Test
  void wrongCredentialsAreRefusedAndNotShown() {
    // a wrong user: servers for tests may trust every password
    Database wrong =
        new Database(
            server().freshDatabase(),
            Optional.of("nobody_here"),
            Optional.of(new Secret("not-the-password")));
    refused(wrong, ErrorCode.CREDENTIALS_REFUSED, "not-the-password");
  }

  @Test
  void anUnknownDatabaseIsNotFound() {
    refused(at(server().url("no_such_database"), server().password()), ErrorCode.NOT_FOUND, "?");
  }

  @Test
  void aDeadPortIsUnreachableAndNamed() {
    String url = server().url("x").replaceAll("(localhost|127\\.0\\.0\\.1):\\d+", "127.0.0.1:1");
    Database dead = at(url, "secret");
    refused(dead, ErrorCode.UNREACHABLE, "secret");
    assertThatThrownBy(dead::connect).hasMessageContaining("127.0.0.1:1/x");
  }

  private static void refused(Database database, ErrorCode code, String mustNotShow) {
    assertThatThrownBy(database::connect)
        .isInstanceOfSatisfying(
            LoadException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.getMessage()).doesNotContain(mustNotShow);
            });
  }

  @Test
  void aMissingTableIsEmpty() throws SQLException {
    Database database = database();
    try (Connection connection = database.connect()) {
      assertThat(database.engine().table(connection, "nothing")).isEmpty();
    }
  }

  @Test
  void theCatalogueKnowsTheKeyInItsOrder() throws SQLException {
    Database database = database();
    try (Connection connection = database.connect()) {
      execute(
          connection,
          "CREATE TABLE order_lines (a INT NOT NULL, b INT NOT NULL, c INT, PRIMARY KEY (b, a))");
      TableInfo table = database.engine().table(connection, "order_lines").orElseThrow();
      assertThat(table.primaryKey()).containsExactly("b", "a");
      assertThat(table.column("c").orElseThrow().nullable()).isTrue();
      assertThat(table.column("a").orElseThrow().nullable()).isFalse();
    }
  }

  /** The mapped type per column of a table. */
  static List<String> types(Database database, String table) throws SQLException {
    try (Connection connection = database.connect()) {
      return database.engine().table(connection, table).orElseThrow().columns().stream()
          .map(column -> column.name() + " " + column.type().text())
          .toList();
    }
  }

  /** The room per column of a table. */
  static List<Extent> rooms(Database database, String table) throws SQLException {
    try (Connection connection = database.connect()) {
      return database.engine().table(connection, table).orElseThrow().columns().stream()
          .map(SourceColumn::room)
          .toList();
    }
  }

  static List<List<Object>> readAllInBatches(Database database, String name) throws SQLException {
    TableInfo table;
    try (Connection connection = database.connect()) {
      table = database.engine().table(connection, name).orElseThrow();
    }
    return readInBatches(database, table.select(), table.typedColumns());
  }

  static List<List<Object>> readAll(Database database, String name) throws SQLException {
    TableInfo table;
    try (Connection connection = database.connect()) {
      table = database.engine().table(connection, name).orElseThrow();
    }
    return read(database, table.select(), table.typedColumns());
  }
}
