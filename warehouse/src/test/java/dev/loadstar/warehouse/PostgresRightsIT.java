package dev.loadstar.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PostgresRightsIT extends RightsContract {
  @Override
  TestDatabase server() {
    return TestPostgres.shared();
  }

  @Override
  int blockBefore() {
    return 0;
  }

  @Override
  Optional<Integer> blockAfter() {
    return Optional.of(1);
  }

  @Override
  String url(String database) {
    return server().url(database);
  }

  /** A role that nobody logs in as, but that people are members of. */
  @Override
  Connection reader(String role) throws SQLException {
    Connection connection = server().connect(database());
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET ROLE " + role);
    }
    return connection;
  }

  /** What the owner's procedure runs must not come from who calls it. */
  @Test
  void theLoaderTellsNobodyWhatToMake() throws SQLException {
    String planted =
        "(is_reference, definition, place, comments) VALUES (false, 'DROP TABLE "
            + loader.dw("dim_date").replace("'", "''")
            + "', '', '{}')";
    try (Connection connection = loader.database().connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "CREATE TEMPORARY TABLE keys_taken_off (position int, is_reference boolean,"
              + " definition text, place text, comments text[])");
      statement.execute("INSERT INTO keys_taken_off " + planted);
      assertThatThrownBy(() -> statement.execute("SELECT " + loader.etl("put_keys_back") + "()"))
          .hasMessageContaining("no keys were taken off");
      connection.rollback();

      statement.execute("SELECT " + loader.etl("take_keys_off") + "('{fact_sales}')");
      assertThatThrownBy(() -> statement.execute("INSERT INTO keys_taken_off " + planted))
          .hasMessageContaining("permission denied");
      connection.rollback();
    }
    assertThat(Fixture.number(loader, "SELECT COUNT(*) FROM " + loader.dw("dim_date"))).isZero();
  }
}
