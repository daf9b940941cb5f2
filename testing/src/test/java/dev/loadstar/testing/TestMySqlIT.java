package dev.loadstar.testing;

class TestMySqlIT extends TestDatabaseContract {
  @Override
  TestDatabase database() {
    return TestMySql.shared();
  }
}
