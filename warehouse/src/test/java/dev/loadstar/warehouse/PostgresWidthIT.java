package dev.loadstar.warehouse;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestPostgres;
import dev.loadstar.warehouse.postgresql.PostgreSqlWarehouse;

class PostgresWidthIT extends WidthContract {
  @Override
  TestDatabase server() {
    return TestPostgres.shared();
  }

  @Override
  WarehouseDialect dialect() {
    return new PostgreSqlWarehouse(target.database().engine());
  }

  @Override
  String exact() {
    return "numeric(10,4)";
  }

  @Override
  String small() {
    return "smallint";
  }

  @Override
  String instantOfTenths() {
    return "timestamp(1) with time zone";
  }
}
