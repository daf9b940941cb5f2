package dev.loadstar.warehouse;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestPostgres;

class PostgresChecksumIT extends ChecksumContract {
  @Override
  TestDatabase server() {
    return TestPostgres.shared();
  }
}
