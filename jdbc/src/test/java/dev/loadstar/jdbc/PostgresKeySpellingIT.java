package dev.loadstar.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestPostgres;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresKeySpellingIT extends KeySpellingContract {
  @Override
  TestDatabase server() {
    return TestPostgres.shared();
  }

  @Override
  String loose() {
    return "text COLLATE any_case";
  }

  @Override
  String exact() {
    return "varchar(20)";
  }

  @Override
  List<String> preparation() {
    return List.of(
        "CREATE COLLATION any_case (provider = icu, locale = 'und-u-ks-level2', deterministic ="
            + " false)");
  }

  @Override
  String schema() {
    return "public";
  }

  @Override
  Database reader(String table) throws SQLException {
    String user = server().freshName();
    sql(
        "CREATE ROLE %s LOGIN PASSWORD 'Only-reads-1'".formatted(user),
        "GRANT SELECT ON %s TO %s".formatted(table, user));
    return at(user, "Only-reads-1");
  }

  @Test
  void citextIsComparedByItsOwnOperatorWhereverItIsInstalled() throws SQLException {
    sql(
        "CREATE SCHEMA extensions",
        "CREATE EXTENSION citext SCHEMA extensions",
        "CREATE DOMAIN code AS extensions.citext");
    createShop("extensions.citext");
    sql(
        "CREATE TABLE notes (n INT PRIMARY KEY, customer code, CONSTRAINT of_note FOREIGN KEY"
            + " (customer) REFERENCES customers (id))",
        "INSERT INTO customers VALUES ('abc')",
        "INSERT INTO orders VALUES (1, 'ABC')",
        "INSERT INTO notes VALUES (1, 'aBC')");

    assertThat(rows("orders")).containsExactly(row(1, "abc"));
    assertThat(rows("notes")).containsExactly(row(1, "abc"));
  }

  @Test
  void aPartitionedTableHasOneForeignKeyForAllItsPartitions() throws SQLException {
    sql(
        "CREATE TABLE customers (id text COLLATE any_case PRIMARY KEY)",
        "CREATE TABLE orders (n INT, customer text COLLATE any_case REFERENCES customers) PARTITION"
            + " BY LIST (n)",
        "CREATE TABLE orders_1 PARTITION OF orders FOR VALUES IN (1)",
        "INSERT INTO customers VALUES ('abc')",
        "INSERT INTO orders VALUES (1, 'ABC')");

    assertThat(table(database, "orders").foreignKeys()).hasSize(1);
    assertThat(rows("orders")).containsExactly(row(1, "abc"));
    assertThat(rows("orders_1")).containsExactly(row(1, "abc"));
  }
}
