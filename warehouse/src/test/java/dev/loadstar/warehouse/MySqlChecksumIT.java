package dev.loadstar.warehouse;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestMySql;

class MySqlChecksumIT extends ChecksumContract {
  @Override
  TestDatabase server() {
    return TestMySql.shared();
  }
}
