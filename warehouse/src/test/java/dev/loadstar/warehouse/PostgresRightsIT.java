package dev.loadstar.warehouse;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

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
}
