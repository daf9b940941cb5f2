package dev.loadstar.warehouse;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestPostgres;
import dev.loadstar.warehouse.postgresql.PostgreSqlWarehouse;

class PostgresPublishIT extends PublishContract {
  @Override
  TestDatabase server() {
    return TestPostgres.shared();
  }

  @Override
  WarehouseDialect dialect() {
    return new PostgreSqlWarehouse(target.database().engine());
  }
}
