package dev.loadstar.warehouse;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestMySql;

class MySqlRefusedTransactionIT extends RefusedTransactionContract {
  @Override
  TestDatabase server() {
    return TestMySql.shared();
  }
}
