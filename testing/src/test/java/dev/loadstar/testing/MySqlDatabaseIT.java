package dev.loadstar.testing;

class MySqlDatabaseIT extends TestDatabaseContract {
  @Override
  TestDatabase database() {
    return TestMySql.shared();
  }
}
