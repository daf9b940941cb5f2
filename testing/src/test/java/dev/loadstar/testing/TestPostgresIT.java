package dev.loadstar.testing;

class TestPostgresIT extends TestDatabaseContract {
  @Override
  TestDatabase database() {
    return TestPostgres.shared();
  }
}
