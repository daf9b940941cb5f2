package dev.loadstar.warehouse;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestMySql;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;

class MySqlRightsIT extends RightsContract {
  @Override
  TestDatabase server() {
    return TestMySql.shared();
  }

  @Override
  int blockBefore() {
    return 2;
  }

  @Override
  Optional<Integer> blockAfter() {
    return Optional.empty();
  }

  /** Names no database: the owner's first migration has yet to create them. */
  @Override
  String url(String database) {
    return server().url("");
  }

  @Override
  Connection reader(String role) throws SQLException {
    return DriverManager.getConnection(server().url(""), role, password());
  }
}
