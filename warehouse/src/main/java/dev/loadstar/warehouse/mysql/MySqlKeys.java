package dev.loadstar.warehouse.mysql;

import dev.loadstar.jdbc.Engine;
import dev.loadstar.warehouse.StarKeys;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * MySQL's and MariaDB's DDL commits at once, so keys go before the transaction and come after it;
 * what is off stands in a table meanwhile. Primary and UNIQUE keys stay, for rows that break them
 * would be published before anybody noticed.
 */
final class MySqlKeys implements StarKeys {
  private static final String KEPT = "key_off";
  private final Engine engine;

  MySqlKeys(Engine engine) {
    this.engine = engine;
  }

  @Override
  public boolean offered(Connection connection, String etl) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT COUNT(*) FROM information_schema.routines WHERE routine_schema = ? AND"
                + " routine_name IN ('take_keys_off', 'require_references', 'put_keys_back')")) {
      statement.setString(1, etl);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getInt(1) == 3;
      }
    }
  }

  @Override
  public boolean transactional() {
    return false;
  }

  @Override
  public void takeOff(Connection connection, String etl, List<String> tables) throws SQLException {
    try (CallableStatement statement =
        connection.prepareCall("{call " + engine.name(etl, "take_keys_off") + "(?)}")) {
      for (String table : tables) {
        statement.setString(1, table);
        statement.execute();
      }
    }
  }

  @Override
  public void requireReferences(Connection connection, String etl) throws SQLException {
    call(connection, engine.name(etl, "require_references") + "()");
  }

  @Override
  public void putBack(Connection connection, String etl, boolean checked) throws SQLException {
    call(connection, engine.name(etl, "put_keys_back") + (checked ? "(TRUE)" : "(FALSE)"));
  }

  private static void call(Connection connection, String procedure) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CALL " + procedure);
    }
  }

  @Override
  public List<String> waiting(Connection connection, String etl) throws SQLException {
    List<String> tables = new ArrayList<>();
    if (engine.table(connection, etl + "." + KEPT).isPresent()) {
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT DISTINCT table_name FROM " + engine.name(etl, KEPT) + " ORDER BY 1")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
    }
    return tables;
  }
}
