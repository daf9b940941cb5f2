package dev.loadstar.ingestion.database;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestMySql;

class MySqlDatabaseSourceIT extends DatabaseSourceContract {
  @Override
  TestDatabase server() {
    return TestMySql.shared();
  }

  @Override
  String instantType() {
    return "TIMESTAMP";
  }

  @Override
  String wallClockType() {
    return "DATETIME(6)";
  }
}
