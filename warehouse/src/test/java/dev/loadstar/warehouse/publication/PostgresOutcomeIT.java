package dev.loadstar.warehouse.publication;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestPostgres;
import dev.loadstar.warehouse.WarehouseDialect;
import dev.loadstar.warehouse.postgresql.PostgreSqlWarehouse;

class PostgresOutcomeIT extends OutcomeContract {
  @Override
  TestDatabase server() {
    return TestPostgres.shared();
  }

  @Override
  WarehouseDialect dialect() {
    return new PostgreSqlWarehouse(target.database().engine());
  }

  @Override
  String sessionId() {
    return "SELECT pg_backend_pid()";
  }

  @Override
  String killStatement(long session) {
    return "SELECT pg_terminate_backend(" + session + ")";
  }
}
