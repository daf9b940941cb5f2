package dev.loadstar.masking.vault.postgresql;

import dev.loadstar.masking.vault.VaultDialect;

/** The vault on PostgreSQL. */
public final class PostgresVault implements VaultDialect {
  @Override
  public String createTable() {
    return """
        CREATE TABLE IF NOT EXISTS token_vault (
          class varchar(64) NOT NULL,
          lookup char(64) NOT NULL,
          token varchar(32) NOT NULL UNIQUE,
          key_id varchar(64) NOT NULL,
          clear_value bytea NOT NULL,
          created_at timestamptz NOT NULL DEFAULT now(),
          PRIMARY KEY (class, lookup))
        """;
  }

  @Override
  public String insertMissing(int rows) {
    return "INSERT INTO token_vault (class, lookup, token, key_id, clear_value) VALUES "
        + VaultDialect.values(rows)
        + " ON CONFLICT (class, lookup) DO NOTHING";
  }
}
