package dev.loadstar.warehouse;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestMySql;

class MySqlMigrationIT extends MigrationContract {
  @Override
  TestDatabase server() {
    return TestMySql.shared();
  }
}
