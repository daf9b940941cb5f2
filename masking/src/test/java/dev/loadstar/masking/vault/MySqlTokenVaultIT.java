package dev.loadstar.masking.vault;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestMySql;

class MySqlTokenVaultIT extends TokenVaultContract {
  @Override
  TestDatabase server() {
    return TestMySql.shared();
  }
}
