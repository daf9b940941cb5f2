package dev.loadstar.warehouse;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestMySql;

class MySqlAuditIT extends AuditContract {
  @Override
  TestDatabase server() {
    return TestMySql.shared();
  }
}
