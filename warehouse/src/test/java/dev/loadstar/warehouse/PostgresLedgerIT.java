package dev.loadstar.warehouse;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestPostgres;

class PostgresLedgerIT extends LedgerContract {
  @Override
  TestDatabase server() {
    return TestPostgres.shared();
  }
}
