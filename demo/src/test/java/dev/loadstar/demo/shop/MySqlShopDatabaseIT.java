package dev.loadstar.demo.shop;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestMySql;

class MySqlShopDatabaseIT extends ShopDatabaseContract {
  @Override
  TestDatabase server() {
    return TestMySql.shared();
  }
}
