package dev.loadstar.warehouse;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestMySql;

class MySqlResyncIT extends ResyncContract {
  @Override
  TestDatabase server() {
    return TestMySql.shared();
  }

  @Override
  String drop(String table, String foreignKeyOrEmpty, String indexOrEmpty) {
    return indexOrEmpty.isEmpty()
        ? "ALTER TABLE %s DROP FOREIGN KEY %s".formatted(table, foreignKeyOrEmpty)
        : "ALTER TABLE %s DROP INDEX %s".formatted(table, indexOrEmpty);
  }
}
