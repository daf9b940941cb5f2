package dev.loadstar.ingestion.database;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestPostgres;

class PostgresDatabaseSourceIT extends DatabaseSourceContract {
  @Override
  TestDatabase server() {
    return TestPostgres.shared();
  }

  @Override
  String instantType() {
    return "TIMESTAMPTZ";
  }

  @Override
  String wallClockType() {
    return "TIMESTAMP";
  }

  @Override
  String looseType() {
    return "citext";
  }
}
