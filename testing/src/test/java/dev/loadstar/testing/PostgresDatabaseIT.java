package dev.loadstar.testing;

class PostgresDatabaseIT extends TestDatabaseContract {
  @Override
  TestDatabase database() {
    return TestPostgres.shared();
  }
}
