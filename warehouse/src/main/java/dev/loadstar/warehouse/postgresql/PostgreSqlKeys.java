package dev.loadstar.warehouse.postgresql;

import dev.loadstar.jdbc.Engine;
import dev.loadstar.warehouse.StarKeys;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** PostgreSQL's DDL is part of the transaction, so a rollback or a kill brings every key back. */
final class PostgreSqlKeys implements StarKeys {
  private final Engine engine;

  PostgreSqlKeys(Engine engine) {
    this.engine = engine;
  }

  @Override
  public boolean offered(Connection connection, String etl) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT COALESCE(has_function_privilege(to_regprocedure(?), 'EXECUTE')"
                + " AND has_function_privilege(to_regprocedure(?), 'EXECUTE'), false)")) {
      statement.setString(1, engine.name(etl, "take_keys_off") + "(text[])");
      statement.setString(2, engine.name(etl, "put_keys_back") + "()");
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  @Override
  public boolean transactional() {
    return true;
  }

  @Override
  public void takeOff(Connection connection, String etl, List<String> tables) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT " + engine.name(etl, "take_keys_off") + "(?)")) {
      statement.setArray(1, connection.createArrayOf("text", tables.toArray()));
      statement.execute();
    }
  }

  @Override
  public void requireReferences(Connection connection, String etl) {} // a key that comes back asks

  @Override
  public void putBack(Connection connection, String etl, boolean checked) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT " + engine.name(etl, "put_keys_back") + "()");
    }
  }

  @Override
  public List<String> waiting(Connection connection, String etl) {
    return List.of();
  }
}
