package dev.loadstar.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.secret.Secret;
import dev.loadstar.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Texts that are equal to the database and not to anybody else. */
abstract class KeySpellingContract {
  String url = "";
  Database database;

  abstract TestDatabase server();

  /** A column's type under which case does not count. */
  abstract String loose();

  /** A column's type under which only equal bytes are equal. */
  abstract String exact();

  /** What a table with such columns needs to be there first. */
  abstract List<String> preparation();

  @BeforeEach
  void createDatabase() throws SQLException {
    url = server().freshDatabase();
    database = at(server().user(), server().password());
    sql(preparation().toArray(String[]::new));
  }

  Database at(String user, String password) {
    return new Database(url, Optional.of(user), Optional.of(new Secret(password)));
  }

  void sql(String... statements) throws SQLException {
    try (Connection connection = server().connect(url)) {
      DatabaseContract.execute(connection, statements);
    }
  }

  void createShop(String key) throws SQLException {
    sql(
        "CREATE TABLE customers (id %s PRIMARY KEY)".formatted(key),
        """
        CREATE TABLE orders (n INT PRIMARY KEY, customer %s,
          CONSTRAINT of_customer FOREIGN KEY (customer) REFERENCES customers (id))
        """
            .formatted(key));
  }

  TableInfo table(Database of, String name) throws SQLException {
    try (Connection connection = of.connect()) {
      return of.engine().table(connection, name).orElseThrow();
    }
  }

  List<List<Object>> rows(String name) throws SQLException {
    try (Connection connection = database.connect()) {
      KeySpelling spelling =
          new KeySpelling(database.engine(), connection, KeySpelling.DeclaredReferences.NONE);
      TableInfo table = spelling.of(table(database, name));
      assertThat(spelling.findings()).isEmpty();
      return DatabaseContract.read(database, table.select() + " ORDER BY n", table.typedColumns());
    }
  }

  @Test
  void theCatalogueTellsWhichTextsAreEqualWithoutBeingTheSame() throws SQLException {
    sql("CREATE TABLE t (n INT, loose %s, exact %s)".formatted(loose(), exact()));

    TableInfo table = table(database, "t");

    assertThat(table.column("n").orElseThrow().equality()).isEmpty();
    assertThat(table.column("exact").orElseThrow().equality()).isEmpty();
    assertThat(table.column("loose").orElseThrow().equality()).isPresent();
  }

  @Test
  void theCatalogueKnowsForeignKeysAlsoToOneWhoMayReadThatTableOnly() throws SQLException {
    createShop(loose());

    TableReference expected =
        new TableReference(List.of("customer"), schema() + ".customers", List.of("id"));
    assertThat(table(database, "orders").foreignKeys()).containsExactly(expected);
    Database reader = reader("orders");
    assertThat(table(reader, "orders").foreignKeys()).containsExactly(expected);
    try (Connection connection = reader.connect()) {
      KeySpelling spelling =
          new KeySpelling(reader.engine(), connection, KeySpelling.DeclaredReferences.NONE);
      TableInfo orders = spelling.of(table(reader, "orders"));
      assertThat(DatabaseContract.read(reader, orders.select(), orders.typedColumns())).isEmpty();
      assertThat(spelling.findings())
          .singleElement()
          .asString()
          .contains("customer is read as it is spelled there", "grant SELECT on that table");
    }
  }

  abstract String schema();

  /** Somebody who may select from one table. */
  abstract Database reader(String table) throws SQLException;

  @Test
  void aReferenceIsReadAsItsKeyIsSpelled() throws SQLException {
    createShop(loose());
    sql(
        "INSERT INTO customers VALUES ('abc'), ('Xyz')",
        "INSERT INTO orders VALUES (1, 'abc'), (2, 'ABC'), (3, 'xYZ'), (4, NULL)");

    assertThat(rows("orders"))
        .containsExactly(row(1, "abc"), row(2, "abc"), row(3, "Xyz"), row(4, null));
  }

  @Test
  void anExactKeyIsReadAsBefore() throws SQLException {
    createShop(exact());

    assertThat(table(database, "orders").column("customer").orElseThrow().equality()).isEmpty();
    try (Connection connection = database.connect()) {
      TableInfo before = table(database, "orders");
      assertThat(
              new KeySpelling(database.engine(), connection, KeySpelling.DeclaredReferences.NONE)
                  .of(before))
          .isEqualTo(before);
    }
  }

  @Test
  void referencesAreFollowedToTheTableThatRefersNoFurther() throws SQLException {
    createShop(loose());
    sql(
        "CREATE TABLE cards (n INT, customer %s PRIMARY KEY, CONSTRAINT of_card FOREIGN KEY (customer) REFERENCES customers (id))"
            .formatted(loose()),
        "CREATE TABLE stamps (n INT PRIMARY KEY, card %s, CONSTRAINT of_stamp FOREIGN KEY (card) REFERENCES cards (customer))"
            .formatted(loose()),
        "INSERT INTO customers VALUES ('abc')",
        "INSERT INTO cards VALUES (1, 'ABC')",
        "INSERT INTO stamps VALUES (1, 'aBc')");

    assertThat(rows("cards")).containsExactly(row(1, "abc"));
    assertThat(rows("stamps")).containsExactly(row(1, "abc"));
  }

  @Test
  void aCompositeReferenceIsSpelledAsTheRowThatItNames() throws SQLException {
    sql(
        "CREATE TABLE people (tenant INT, id %s, PRIMARY KEY (tenant, id))".formatted(loose()),
        "CREATE TABLE visits (n INT PRIMARY KEY, tenant INT, person %s, CONSTRAINT of_person FOREIGN KEY (tenant, person) REFERENCES people (tenant, id))"
            .formatted(loose()),
        "INSERT INTO people VALUES (1, 'abc'), (2, 'ABC')",
        "INSERT INTO visits VALUES (1, 1, 'ABC'), (2, 2, 'abc')");

    assertThat(rows("visits")).containsExactly(row(1, 1, "abc"), row(2, 2, "ABC"));
  }

  @Test
  void aTableMayReferToItselfAndTwoMayReferToEachOther() throws SQLException {
    sql(
        "CREATE TABLE staff (n INT, id %s PRIMARY KEY, boss %s, CONSTRAINT of_boss FOREIGN KEY (boss) REFERENCES staff (id))"
            .formatted(loose(), loose()),
        "INSERT INTO staff VALUES (1, 'abc', NULL), (2, 'Xyz', 'ABC')",
        "CREATE TABLE lefts (n INT, id %s PRIMARY KEY)".formatted(loose()),
        "CREATE TABLE rights (n INT, id %s PRIMARY KEY, CONSTRAINT to_left FOREIGN KEY (id) REFERENCES lefts (id))"
            .formatted(loose()),
        "INSERT INTO lefts VALUES (1, 'one')",
        "INSERT INTO rights VALUES (1, 'ONE')",
        "ALTER TABLE lefts ADD CONSTRAINT to_right FOREIGN KEY (id) REFERENCES rights (id)");

    assertThat(rows("staff")).containsExactly(row(1, "abc", null), row(2, "Xyz", "abc"));
    assertThat(rows("lefts")).isEqualTo(rows("rights"));
  }

  @Test
  void aReferenceThatComparesOtherwiseThanItsKeyStaysAsItIsAndIsNamed() throws SQLException {
    sql(
        "CREATE TABLE customers (id %s PRIMARY KEY)".formatted(loose()),
        "CREATE TABLE orders (n INT PRIMARY KEY, customer %s)".formatted(exact()),
        "INSERT INTO customers VALUES ('abc')",
        "INSERT INTO orders VALUES (1, 'ABC')");
    try (Connection connection = database.connect()) {
      KeySpelling spelling =
          new KeySpelling(
              database.engine(),
              connection,
              table ->
                  List.of(new TableReference(List.of("customer"), "customers", List.of("id"))));
      TableInfo orders = spelling.of(table(database, "orders"));

      assertThat(DatabaseContract.read(database, orders.select(), orders.typedColumns()))
          .containsExactly(row(1, "ABC"));
      assertThat(spelling.findings())
          .singleElement()
          .asString()
          .contains("customer is read as it is spelled there", "compare texts differently");
    }
  }

  static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }
}
