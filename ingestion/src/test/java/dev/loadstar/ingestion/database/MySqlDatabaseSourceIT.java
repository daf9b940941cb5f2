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

  @Override
  String looseType() {
    return "VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci";
  }
}
