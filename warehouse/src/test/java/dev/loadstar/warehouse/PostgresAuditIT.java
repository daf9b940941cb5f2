package dev.loadstar.warehouse;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestPostgres;

class PostgresAuditIT extends AuditContract {
  @Override
  TestDatabase server() {
    return TestPostgres.shared();
  }
}
