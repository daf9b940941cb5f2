package dev.loadstar.warehouse;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestPostgres;

class PostgresResyncIT extends ResyncContract {
  @Override
  TestDatabase server() {
    return TestPostgres.shared();
  }

  @Override
  String drop(String table, String foreignKeyOrEmpty, String indexOrEmpty) {
    return indexOrEmpty.isEmpty()
        ? "ALTER TABLE %s DROP CONSTRAINT %s".formatted(table, foreignKeyOrEmpty)
        : indexOrEmpty.endsWith("_version")
            ? "ALTER TABLE %s DROP CONSTRAINT %s".formatted(table, indexOrEmpty)
            : "DROP INDEX %s.%s".formatted(table.replaceAll("\\..*", ""), indexOrEmpty);
  }
}
