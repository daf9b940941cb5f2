package dev.loadstar.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Extent;
import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestPostgres;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresDatabaseIT extends DatabaseContract {
  @Override
  TestDatabase server() {
    return TestPostgres.shared();
  }

  @Override
  String sessionZone() {
    return "SHOW TIME ZONE";
  }

  @Test
  void everyTypeHasItsPlace() throws SQLException {
    Database database = database();
    try (Connection connection = database.connect()) {
      execute(
          connection,
          "CREATE DOMAIN price AS numeric(8,2)",
          "CREATE TYPE mood AS ENUM ('calm', 'loud')",
          """
          CREATE TABLE types (a smallint, b int, c bigint, d numeric(12,4), e numeric, f real,
            g double precision, h boolean, i varchar(9), "J j" char(3), k uuid, l jsonb, m date,
            n time, o timestamptz, p timestamp, q bytea, r mood, s int[], t price, u numeric(50,2))
          """,
          """
          INSERT INTO types VALUES (1, 2, 3, 4.5, 6.70, 0.1, 0.1, true, 'v', 'abc',
            '00000000-0000-0000-0000-000000000001', '{"a": 1}', '2024-02-29', '13:14:15',
            '2024-06-01 12:00:00.000001+02', '2024-03-31 02:30:00', '\\x00ff', 'calm', '{1,2}', 9.99,
            12345678901234567890123456789012345678901234.56)
          """);
    }
    assertThat(types(database, "public.types"))
        .containsExactly(
            "a int",
            "b int",
            "c bigint",
            "d decimal(12,4)",
            "e text",
            "f float",
            "g double",
            "h boolean",
            "i text",
            "J j text",
            "k text",
            "l text",
            "m date",
            "n text",
            "o timestamp",
            "p local_timestamp",
            "q binary",
            "r text",
            "s text",
            "t decimal(8,2)",
            "u text");
    List<Object> row = readAll(database, "types").get(0);
    assertThat(row.subList(0, 10))
        .containsExactly(1, 2, 3L, new BigDecimal("4.5000"), "6.70", 0.1f, 0.1d, true, "v", "abc");
    assertThat(row.subList(10, 16))
        .containsExactly(
            "00000000-0000-0000-0000-000000000001",
            "{\"a\": 1}",
            19_782,
            "13:14:15",
            micros("2024-06-01T10:00:00.000001Z"),
            micros("2024-03-31T02:30:00Z"));
    assertThat(row.subList(17, 21))
        .containsExactly(
            "calm",
            "{1,2}",
            new BigDecimal("9.99"),
            "12345678901234567890123456789012345678901234.56");
  }

  @Test
  void datesAndTimesBeyondCountingComeAsTheEndsOfTheirIntegers() throws SQLException {
    Database database = database();
    try (Connection connection = database.connect()) {
      execute(
          connection,
          "CREATE TABLE odd (a date, b timestamp, c timestamptz)",
          "INSERT INTO odd VALUES ('infinity', 'infinity', 'infinity'), ('-infinity', '-infinity',"
              + " '-infinity'), ('5874897-12-31', '294276-12-31 23:59:59.999999', '294276-12-31"
              + " 23:59:59.999999Z'), ('4713-01-01 BC', '4713-01-01 BC', '4713-01-01 00:00Z BC')");
    }
    long first = -210_863_520_000_000_000L;
    assertThat(readAll(database, "odd"))
        .containsExactly(
            List.of(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE),
            List.of(Integer.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE),
            List.of(day(5_874_897, 12, 31), Long.MAX_VALUE, Long.MAX_VALUE),
            List.of(day(-4712, 1, 1), first, first));
  }

  private static int day(int year, int month, int day) {
    return Math.toIntExact(LocalDate.of(year, month, day).toEpochDay());
  }

  @Test
  void aNumberThatIsNoneEndsTheReading() throws SQLException {
    Database database = database();
    try (Connection connection = database.connect()) {
      execute(connection, "CREATE TABLE odd AS SELECT 'NaN'::numeric(9,2) AS odd_one");
    }
    assertThatThrownBy(() -> readAll(database, "odd"))
        .isInstanceOfSatisfying(
            LoadException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_DATA_UNREADABLE))
        .hasMessageContaining("odd_one");
    assertThatThrownBy(() -> readAllInBatches(database, "odd"))
        .isInstanceOfSatisfying(
            LoadException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_DATA_UNREADABLE))
        .hasMessageContaining("row 1 has a value in odd_one that no");
  }

  @Test
  void theCatalogueTellsTheRoomOfAColumn() throws SQLException {
    Database database = database();
    Extent most = Extent.UNBOUNDED;
    try (Connection connection = database.connect()) {
      execute(
          connection,
          "CREATE DOMAIN code AS varchar(7)",
          "CREATE TABLE rooms (a varchar(10), b char(3), c text, d varchar, e code,"
              + " f smallint, g integer, h bigint, i numeric(10,4), j numeric,"
              + " k timestamptz(0), l timestamp, m date)");
    }
    assertThat(rooms(database, "rooms"))
        .containsExactly(
            most.withCharacters(10, Character.MAX_CODE_POINT),
            most.withCharacters(3, Character.MAX_CODE_POINT),
            most,
            most,
            most.withCharacters(7, Character.MAX_CODE_POINT),
            most.withBits(16, true),
            most.withBits(32, true),
            most.withBits(64, true),
            most.withDigits(6, true),
            most,
            most.withSecondDigits(0),
            most,
            most);
  }
}
