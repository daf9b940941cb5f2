package dev.loadstar.masking.vault;

import java.util.Collections;

/** The statements of one engine. Stateless. */
public interface VaultDialect {
  /** Columns: class, lookup, token, key_id, clear_value, created_at. */
  String createTable();

  /**
   * Inserts rows of class, lookup, token, key_id, clear_value and leaves alone those whose class
   * and lookup are there.
   */
  String insertMissing(int rows);

  /** Selects lookup and token of one class: first parameter the class, then the look-ups. */
  default String select(int lookups) {
    return "SELECT lookup, token FROM token_vault WHERE class = ? AND lookup IN ("
        + String.join(",", Collections.nCopies(lookups, "?"))
        + ")";
  }

  static String values(int rows) {
    return String.join(",", Collections.nCopies(rows, "(?,?,?,?,?)"));
  }
}
