package dev.loadstar.masking.vault;

import dev.loadstar.core.error.LoadException;
import dev.loadstar.jdbc.Database;
import dev.loadstar.masking.key.KeyedHash;
import dev.loadstar.masking.key.MaskingKeys;
import dev.loadstar.masking.vault.mysql.MySqlVault;
import dev.loadstar.masking.vault.postgresql.PostgresVault;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * Random tokens in a database of its own: table {@code token_vault} with the keyed look-up hash of
 * a value's normal form, its token, and the value sealed by AES-256-GCM. Thread safe.
 */
public final class TokenVault implements TokenSource {
  private static final long serialVersionUID = 1L;
  private static final Map<String, VaultDialect> DIALECTS =
      Map.of("postgresql", new PostgresVault(), "mysql", new MySqlVault());

  private final TokenVaultAddress address;
  private final KeyedHash lookup;
  private final TokenCipher cipher;
  private boolean prepared;

  /**
   * @param keys not empty; the first one finds, the last one seals
   */
  public TokenVault(TokenVaultAddress address, MaskingKeys keys) {
    this.address = address;
    this.lookup = keys.first().derive("loadstar token lookup v1");
    this.cipher = new TokenCipher(keys);
  }

  @Override
  public synchronized void prepare() {
    if (prepared) {
      return;
    }
    Database database = address.database();
    try (Connection connection = database.connect()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(dialect(database).createTable());
      } catch (SQLException raced) {
        // Two at once may collide even with IF NOT EXISTS; the second look decides.
        try (Statement statement = connection.createStatement()) {
          statement.execute(dialect(database).createTable());
        }
      }
    } catch (SQLException e) {
      throw failure(database, "create the token vault in", e);
    }
    prepared = true;
  }

  @Override
  public Tokens open() {
    Database database = address.database();
    return new VaultConnection(database, dialect(database), cipher);
  }

  @Override
  public String lookup(String className, String normalForm) {
    return lookup.hex(className + "\n" + normalForm);
  }

  static LoadException failure(Database database, String action, SQLException e) {
    LoadException told = database.failure(action, e);
    return new LoadException(told.code(), told.getMessage()); // the driver's message stays here
  }

  private static VaultDialect dialect(Database database) {
    return DIALECTS.get(database.engine().name());
  }
}
