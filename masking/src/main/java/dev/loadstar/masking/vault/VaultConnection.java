package dev.loadstar.masking.vault;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.jdbc.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One connection to the vault, opened when first asked. */
final class VaultConnection implements Tokens {
  private static final int ATTEMPTS = 5;

  /** SQLSTATE of serialization failures and deadlocks: the same statement may succeed at once. */
  private static final String ROLLED_BACK = "40";

  private final Database database;
  private final VaultDialect dialect;
  private final TokenCipher cipher;
  private Connection connection;

  VaultConnection(Database database, VaultDialect dialect, TokenCipher cipher) {
    this.database = database;
    this.dialect = dialect;
    this.cipher = cipher;
  }

  @Override
  public Map<String, String> tokens(String className, Map<String, String> clearByLookup) {
    if (clearByLookup.size() > MAX_VALUES) {
      throw new IllegalArgumentException("more than " + MAX_VALUES + " values at once");
    }
    // The same order for all, so that two who insert at once do not wait for each other.
    List<String> lookups = clearByLookup.keySet().stream().sorted().toList();
    try {
      Map<String, String> found = select(className, lookups);
      List<String> missing = lookups.stream().filter(l -> !found.containsKey(l)).toList();
      if (!missing.isEmpty()) {
        insert(className, missing, clearByLookup);
        found.putAll(select(className, missing)); // a racer's token may stand there
      }
      if (found.size() < lookups.size()) {
        throw new LoadException(
            ErrorCode.INTERNAL,
            "Cannot tokenize %s: the vault kept %d of %d tokens. Check its table token_vault."
                .formatted(className, found.size(), lookups.size()));
      }
      return found;
    } catch (SQLException e) {
      throw TokenVault.failure(database, "tokenize values in", e);
    }
  }

  private Map<String, String> select(String className, List<String> lookups) throws SQLException {
    Map<String, String> found = new HashMap<>();
    if (lookups.isEmpty()) {
      return found;
    }
    try (PreparedStatement select = connection().prepareStatement(dialect.select(lookups.size()))) {
      select.setString(1, className);
      for (int i = 0; i < lookups.size(); i++) {
        select.setString(i + 2, lookups.get(i));
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.put(rows.getString(1), rows.getString(2));
        }
      }
    }
    return found;
  }

  private void insert(String className, List<String> lookups, Map<String, String> clear)
      throws SQLException {
    List<Object> parameters = new ArrayList<>();
    for (String lookup : lookups) {
      String token = TokenCipher.newToken();
      parameters.addAll(
          List.of(
              className,
              lookup,
              token,
              cipher.keyId(),
              cipher.seal(className, token, clear.get(lookup))));
    }
    for (int attempt = 1; ; attempt++) {
      try (PreparedStatement insert =
          connection().prepareStatement(dialect.insertMissing(lookups.size()))) {
        for (int i = 0; i < parameters.size(); i++) {
          insert.setObject(i + 1, parameters.get(i));
        }
        insert.executeUpdate();
        return;
      } catch (SQLException e) {
        boolean again = e.getSQLState() != null && e.getSQLState().startsWith(ROLLED_BACK);
        if (!again || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Connection connection() throws SQLException {
    if (connection == null) {
      connection = database.connect();
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    }
    return connection;
  }

  @Override
  public void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        connection = null; // it was auto-committed; there is nothing to lose
      }
    }
  }
}
