package dev.loadstar.warehouse.mysql;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.jdbc.Engine;
import dev.loadstar.warehouse.StarKeys;
import dev.loadstar.warehouse.WarehouseDialect;
import dev.loadstar.warehouse.audit.IndexColumns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.SQLDialect;

/**
 * MySQL and MariaDB: deletes and updates by join, for an EXISTS in a DELETE would scan the table
 * once per night; the stage drives ({@code STRAIGHT_JOIN}), so the cost follows the change.
 */
public final class MySqlWarehouse implements WarehouseDialect {
  private final Engine engine;

  public MySqlWarehouse(Engine engine) {
    this.engine = engine;
  }

  @Override
  public SQLDialect jooq() {
    return SQLDialect.MYSQL;
  }

  @Override
  public StarKeys keys() {
    return new MySqlKeys(engine);
  }

  @Override
  public ColumnType instantType() {
    return ColumnType.Simple.LOCAL_TIMESTAMP; // DATETIME(6) in UTC: TIMESTAMP ends in 2038
  }

  /** A DELETE that names its table by alias fails (1046) where no database is chosen. */
  @Override
  public void enter(Connection connection, String schema) throws SQLException {
    String chosen = connection.getCatalog();
    if (chosen == null || chosen.isEmpty()) {
      connection.setCatalog(schema);
    }
  }

  @Override
  public boolean tryLock(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT GET_LOCK(?, 2)")) {
      statement.setString(1, name.length() > 64 ? name.substring(name.length() - 64) : name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getInt(1) == 1;
      }
    }
  }

  @Override
  public List<List<String>> indexes(
      Connection connection, String schema, String table, boolean unique) throws SQLException {
    return IndexColumns.of(
        connection.getMetaData().getIndexInfo(schema, null, table, unique, true));
  }

  @Override
  public List<String> createStage(String stage, List<Column> columns) {
    String declared =
        columns.stream()
            .map(c -> engine.quote(c.name()) + " " + engine.columnType(c.type()) + " NULL")
            .collect(Collectors.joining(", "));
    return List.of(
        "DROP TABLE IF EXISTS " + stage, "CREATE TABLE " + stage + " (" + declared + ")");
  }

  @Override
  public List<String> prepareStage(String stage, List<String> key) {
    String columns = key.stream().map(engine::quote).collect(Collectors.joining(", "));
    return List.of("ALTER TABLE " + stage + " ADD INDEX by_key (" + columns + ")");
  }

  @Override
  public String deleteMarked(String table, String stage, List<String> key) {
    return "DELETE t FROM %s s STRAIGHT_JOIN %s t ON %s WHERE s.`_mark` = 'D'"
        .formatted(stage, table, same(key));
  }

  @Override
  public String deleteMoved(String table, String stage, List<String> key, List<Column> grain) {
    return "DELETE t FROM %s s STRAIGHT_JOIN %s t ON %s WHERE s.`_mark` = 'U' AND %s"
        .formatted(stage, table, same(key), differs(grain));
  }

  @Override
  public String park(
      String table, String stage, String key, String validFrom, List<Column> unique) {
    String from = engine.quote(validFrom);
    return ("UPDATE %s s STRAIGHT_JOIN %s t ON %s"
            + " SET t.%s = TIMESTAMPADD(MICROSECOND, t.%s, TIMESTAMP'1000-01-02 00:00:00')"
            + " WHERE s.`_mark` = 'D' OR %s")
        .formatted(stage, table, same(List.of(key)), from, engine.quote(key), differs(unique));
  }

  @Override
  public String update(String table, String stage, List<String> key, List<Column> others) {
    String assignments =
        others.stream()
            .map(column -> engine.quote(column.name()))
            .map(name -> "t." + name + " = s." + name)
            .collect(Collectors.joining(", "));
    return "UPDATE %s s STRAIGHT_JOIN %s t ON %s SET %s WHERE s.`_mark` = 'U' AND %s"
        .formatted(stage, table, same(key), assignments, differs(others));
  }

  private String same(List<String> key) {
    return key.stream()
        .map(engine::quote)
        .map(name -> "t." + name + " = s." + name)
        .collect(Collectors.joining(" AND "));
  }

  private String differs(List<Column> columns) {
    return columns.stream()
        .map(
            column -> {
              String name = engine.quote(column.name());
              // as bytes: collations that pad say that 'a' and 'a ' are the same
              return column.type() == ColumnType.Simple.TEXT
                  ? "CAST(t.%s AS BINARY) <=> CAST(s.%s AS BINARY)".formatted(name, name)
                  : "t.%s <=> s.%s".formatted(name, name);
            })
        .collect(Collectors.joining(" AND ", "NOT (", ")"));
  }
}
