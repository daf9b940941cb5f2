package dev.loadstar.warehouse.publication;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestMySql;
import dev.loadstar.warehouse.WarehouseDialect;
import dev.loadstar.warehouse.mysql.MySqlWarehouse;

class MySqlOutcomeIT extends OutcomeContract {
  @Override
  TestDatabase server() {
    return TestMySql.shared();
  }

  @Override
  WarehouseDialect dialect() {
    return new MySqlWarehouse(target.database().engine());
  }

  @Override
  String sessionId() {
    return "SELECT CONNECTION_ID()";
  }

  @Override
  String killStatement(long session) {
    return "KILL " + session;
  }
}
