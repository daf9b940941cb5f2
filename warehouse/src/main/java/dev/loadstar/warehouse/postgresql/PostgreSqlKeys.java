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
            "SELECT count(*) FROM pg_proc p JOIN pg_namespace s ON s.oid = p.pronamespace WHERE"
                + " s.nspname = ? AND p.proname IN ('take_keys_off', 'put_keys_back')"
                + " AND has_schema_privilege(s.oid, 'USAGE')"
                + " AND has_function_privilege(p.oid, 'EXECUTE')")) {
      statement.setString(1, etl);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getInt(1) == 2;
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
