package dev.loadstar.masking.vault;

import dev.loadstar.core.secret.Secret;
import dev.loadstar.jdbc.Database;
import java.io.Serializable;
import java.util.Optional;

/**
 * Where the vault is; travels to executors.
 *
 * @param user null when the URL or the driver knows it
 * @param password null when none is needed
 */
public record TokenVaultAddress(String url, String user, Secret password) implements Serializable {
  Database database() {
    return new Database(url, Optional.ofNullable(user), Optional.ofNullable(password));
  }

  /** URLs may hold driver options, so they are not printed. */
  @Override
  public String toString() {
    return "[token vault]";
  }
}
