package dev.loadstar.masking.vault;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestPostgres;

class PostgresTokenVaultIT extends TokenVaultContract {
  @Override
  TestDatabase server() {
    return TestPostgres.shared();
  }
}
