package dev.loadstar.demo.shop;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestPostgres;

class PostgresShopDatabaseIT extends ShopDatabaseContract {
  @Override
  TestDatabase server() {
    return TestPostgres.shared();
  }
}
