package dev.loadstar.jdbc;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.jdbc.mysql.MySql;
import dev.loadstar.jdbc.postgresql.PostgreSql;

/** Finds the engine that a URL names. */
final class Engines {
  private Engines() {}

  static Engine of(String url) {
    if (url.startsWith("jdbc:postgresql:")) {
      return new PostgreSql();
    }
    if (url.startsWith("jdbc:mysql:")) {
      return new MySql();
    }
    throw new LoadException(
        ErrorCode.CONFIGURATION_INVALID,
        "Cannot use a database: its URL names another make, expected jdbc:postgresql://... or"
            + " jdbc:mysql://... (MariaDB too). Correct the URL.");
  }
}
