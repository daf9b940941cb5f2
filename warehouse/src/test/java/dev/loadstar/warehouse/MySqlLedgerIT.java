package dev.loadstar.warehouse;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestMySql;

class MySqlLedgerIT extends LedgerContract {
  @Override
  TestDatabase server() {
    return TestMySql.shared();
  }
}
