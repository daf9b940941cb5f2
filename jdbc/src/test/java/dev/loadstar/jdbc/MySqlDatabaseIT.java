package dev.loadstar.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Extent;
import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestMySql;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MySqlDatabaseIT extends DatabaseContract {
  @Override
  TestDatabase server() {
    return TestMySql.shared();
  }

  @Override
  String sessionZone() {
    return "SELECT @@session.time_zone";
  }

  @Test
  void everyTypeHasItsPlace() throws SQLException {
    Database database = database();
    try (Connection connection = database.connect()) {
      execute(
          connection,
          """
          CREATE TABLE types (a TINYINT(1), b TINYINT, c SMALLINT UNSIGNED, d INT, e INT UNSIGNED,
            f BIGINT, g BIGINT UNSIGNED, h DECIMAL(12,4), i FLOAT, j DOUBLE, k BIT(1), l BIT(9),
            m VARCHAR(9), `N n` TEXT, o ENUM('calm', 'loud'), p DATE, q TIME, r DATETIME(6),
            s TIMESTAMP(6) NULL, t VARBINARY(4), u YEAR, v DECIMAL(50,2))
          """,
          """
          INSERT INTO types VALUES (1, -2, 65535, 3, 4294967295, 4, 18446744073709551615, 4.5, 0.1,
            0.1, b'1', b'100000001', 'v', 'text', 'loud', '2024-02-29', '13:14:15',
            '2024-03-31 02:30:00.5', '2024-06-01 10:00:00.000001', x'00ff', 2024,
            123456789012345678901234567890123456789012345678.25)
          """);
    }
    assertThat(types(database, "types"))
        .containsExactly(
            "a boolean",
            "b int",
            "c int",
            "d int",
            "e bigint",
            "f bigint",
            "g decimal(20,0)",
            "h decimal(12,4)",
            "i float",
            "j double",
            "k boolean",
            "l decimal(20,0)",
            "m text",
            "N n text",
            "o text",
            "p date",
            "q text",
            "r local_timestamp",
            "s timestamp",
            "t binary",
            "u int",
            "v text");
    List<Object> row = readAll(database, "types").get(0);
    assertThat(row.subList(0, 15))
        .containsExactly(
            true,
            -2,
            65_535,
            3,
            4_294_967_295L,
            4L,
            new BigDecimal("18446744073709551615"),
            new BigDecimal("4.5000"),
            0.1f,
            0.1d,
            true,
            new BigDecimal("257"),
            "v",
            "text",
            "loud");
    assertThat(row.subList(15, 19))
        .containsExactly(
            19_782,
            "13:14:15",
            micros("2024-03-31T02:30:00.5Z"),
            micros("2024-06-01T10:00:00.000001Z"));
    assertThat(row.subList(20, 22))
        .containsExactly(2024, "123456789012345678901234567890123456789012345678.25");
  }

  @Test
  void aZeroDateEndsTheReading() throws SQLException {
    Database database = database();
    try (Connection connection = database.connect()) {
      execute(
          connection,
          "SET sql_mode = ''",
          "CREATE TABLE odd (odd_one DATE)",
          "INSERT INTO odd VALUES ('0000-00-00')");
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
  void rowsArriveWhereTheServerForbidsLocalFiles() throws SQLException {
    Database database = database();
    try (Connection connection = database.connectForLoading()) {
      execute(connection, "SET GLOBAL local_infile = 0");
      try {
        manyRowsStreamThroughWithoutLoss();
        whatIsLoadedReadsBackTheSame();
      } finally {
        execute(connection, "SET GLOBAL local_infile = 1");
      }
    }
  }

  @Test
  void theCatalogueTellsTheRoomOfAColumn() throws SQLException {
    Database database = database();
    Extent most = Extent.UNBOUNDED;
    int any = Character.MAX_CODE_POINT;
    try (Connection connection = database.connect()) {
      execute(
          connection,
          "CREATE TABLE rooms (a VARCHAR(10) CHARACTER SET utf8mb4, b CHAR(3) CHARACTER SET"
              + " utf8mb3, c TEXT CHARACTER SET utf8mb4, d TINYTEXT CHARACTER SET ascii, e"
              + " VARBINARY(9), f SMALLINT, g INT UNSIGNED, h BIGINT, i DECIMAL(10,4), j"
              + " DECIMAL(3,1) UNSIGNED, k DATETIME, l DATETIME(6), m DATE)");
    }
    assertThat(rooms(database, "rooms"))
        .containsExactly(
            most.withCharacters(10, any),
            most.withCharacters(3, 0xFFFF),
            most.withBytes(65_535),
            most.withCharacters(Long.MAX_VALUE, 0x7F).withBytes(255),
            most.withBytes(9),
            most.withBits(16, true),
            most.withBits(33, false),
            most.withBits(64, true),
            most.withDigits(6, true),
            most.withDigits(2, false),
            most.withSecondDigits(0),
            most,
            most);
  }
}
