package dev.loadstar.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What every test may expect of the shared database server, whichever it is. */
abstract class TestDatabaseContract {
  abstract TestDatabase database();

  @Test
  void freshDatabasesAreEmptyAndApart() throws SQLException {
    try (Connection one = database().connect(database().freshDatabase());
        Connection two = database().connect(database().freshDatabase())) {
      assertThat(one.createStatement().execute("CREATE TABLE t (a INT)")).isFalse();
      assertThat(two.createStatement().execute("CREATE TABLE t (a INT)")).isFalse();
      assertThat(one.createStatement().executeUpdate("INSERT INTO t VALUES (1)")).isEqualTo(1);
      assertThat(number(two, "SELECT count(*) FROM t")).isZero();
    }
  }

  @Test
  void textIsComparedByCodePointAndKeepsEveryCharacter() throws SQLException {
    try (Connection connection = database().connect(database().freshDatabase())) {
      assertThat(connection.createStatement().execute("CREATE TABLE t (a VARCHAR(9))")).isFalse();
      assertThat(
              connection
                  .createStatement()
                  .executeUpdate("INSERT INTO t VALUES ('a'), ('A'), ('\uD83D\uDEA2')"))
          .isEqualTo(3);
      assertThat(number(connection, "SELECT count(*) FROM t WHERE a = 'A'")).isEqualTo(1);
      assertThat(number(connection, "SELECT count(*) FROM t WHERE a = '\uD83D\uDEA2'"))
          .isEqualTo(1);
    }
  }

  @Test
  void rightsAreEnforced() throws SQLException {
    String url = database().freshDatabase();
    String reader = database().freshName();
    String host = database().engine().equals("mysql") ? "'@'%'" : "\"";
    String quote = database().engine().equals("mysql") ? "'" : "\"";
    String account = quote + reader + host;
    String password = database().engine().equals("mysql") ? " IDENTIFIED BY" : " LOGIN PASSWORD";
    try (Connection connection = database().connect(url)) {
      assertThat(connection.createStatement().execute("CREATE TABLE secret (a INT)")).isFalse();
      assertThat(connection.createStatement().execute("CREATE USER " + account + password + " 'x'"))
          .isFalse();
    }
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> {
              try (Connection connection = java.sql.DriverManager.getConnection(url, reader, "x")) {
                number(connection, "SELECT count(*) FROM secret");
              }
            })
        .isInstanceOf(SQLException.class);
  }

  static long number(Connection connection, String query) throws SQLException {
    try (ResultSet result = connection.createStatement().executeQuery(query)) {
      assertThat(result.next()).isTrue();
      return result.getLong(1);
    }
  }
}
