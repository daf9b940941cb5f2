package dev.loadstar.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestMySql;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MySqlKeySpellingIT extends KeySpellingContract {
  @Override
  TestDatabase server() {
    return TestMySql.shared();
  }

  @Override
  String loose() {
    return "VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci";
  }

  /** The two makes name the binary collation that does not pad differently. */
  @Override
  String exact() {
    return "VARCHAR(20) CHARACTER SET utf8mb4 COLLATE "
        + (isMariaDb() ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin");
  }

  private boolean isMariaDb() {
    try (Connection connection = server().connect("")) {
      DatabaseMetaData about = connection.getMetaData();
      return about.getDatabaseProductVersion().contains("MariaDB");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  List<String> preparation() {
    return List.of();
  }

  @Override
  String schema() {
    return url.replaceFirst(".*/([a-z0-9_]+)\\?.*", "$1");
  }

  @Override
  Database reader(String table) throws SQLException {
    String user = server().freshName();
    sql(
        "CREATE USER %s@'%%' IDENTIFIED BY 'Only-reads-1'".formatted(user),
        "GRANT SELECT ON %s.%s TO %s@'%%'".formatted(schema(), table, user));
    return at(user, "Only-reads-1");
  }

  @Test
  void accentsAndTrailingSpacesCountAsTheCollationSays() throws SQLException {
    createShop("VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci");
    sql(
        "INSERT INTO customers VALUES ('Straße'), ('café')",
        "INSERT INTO orders VALUES (1, 'STRASSE'), (2, 'Cafe  ')");

    assertThat(rows("orders")).containsExactly(row(1, "Straße"), row(2, "café"));
  }

  @Test
  void aReferenceToAKeyThatIsNotUniqueFindsOneSpelling() throws SQLException {
    sql(
        "SET @@session.foreign_key_checks = 0",
        "CREATE TABLE groups_of (n INT PRIMARY KEY, name %s, KEY (name))".formatted(loose()),
        "INSERT INTO groups_of VALUES (1, 'abc'), (2, 'ABC')",
        "CREATE TABLE things (n INT PRIMARY KEY, name %s)".formatted(loose()),
        "INSERT INTO things VALUES (1, 'Abc'), (2, 'aBC')");
    try (Connection connection = database.connect()) {
      KeySpelling spelling =
          new KeySpelling(
              database.engine(),
              connection,
              table -> List.of(new TableReference(List.of("name"), "groups_of", List.of("name"))));
      TableInfo things = spelling.of(table(database, "things"));
      List<List<Object>> rows =
          DatabaseContract.read(database, things.select(), things.typedColumns());
      assertThat(rows.get(0).get(1)).isEqualTo(rows.get(1).get(1));
    }
  }
}
