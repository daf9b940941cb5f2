package dev.loadstar.masking.vault.mysql;

import dev.loadstar.masking.vault.VaultDialect;

/** The vault on MySQL and MariaDB. */
public final class MySqlVault implements VaultDialect {
  @Override
  public String createTable() {
    // Tokens differ by case, which the usual collations would not see.
    return """
        CREATE TABLE IF NOT EXISTS token_vault (
          class varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
          lookup char(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
          token varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE,
          key_id varchar(64) NOT NULL,
          clear_value blob NOT NULL,
          created_at datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
          PRIMARY KEY (class, lookup)) ENGINE = InnoDB
        """;
  }

  @Override
  public String insertMissing(int rows) {
    // Not INSERT IGNORE: it would also turn errors into warnings.
    return "INSERT INTO token_vault (class, lookup, token, key_id, clear_value) VALUES "
        + VaultDialect.values(rows)
        + " ON DUPLICATE KEY UPDATE lookup = token_vault.lookup";
  }
}
