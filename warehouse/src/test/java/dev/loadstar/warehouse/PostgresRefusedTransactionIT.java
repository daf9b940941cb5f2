package dev.loadstar.warehouse;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestPostgres;

class PostgresRefusedTransactionIT extends RefusedTransactionContract {
  @Override
  TestDatabase server() {
    return TestPostgres.shared();
  }
}
