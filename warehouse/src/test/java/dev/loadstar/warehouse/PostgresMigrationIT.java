package dev.loadstar.warehouse;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestPostgres;

class PostgresMigrationIT extends MigrationContract {
  @Override
  TestDatabase server() {
    return TestPostgres.shared();
  }
}
