package dev.loadstar.warehouse.postgresql;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.jdbc.Engine;
import dev.loadstar.warehouse.StarKeys;
import dev.loadstar.warehouse.WarehouseDialect;
import dev.loadstar.warehouse.audit.IndexColumns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.SQLDialect;

/** PostgreSQL: {@code UPDATE ... FROM}, {@code DELETE ... USING}, row comparison by DISTINCT. */
public final class PostgreSqlWarehouse implements WarehouseDialect {
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private final Engine engine;

  public PostgreSqlWarehouse(Engine engine) {
    this.engine = engine;
  }

  @Override
  public SQLDialect jooq() {
    return SQLDialect.POSTGRES;
  }

  @Override
  public StarKeys keys() {
    return new PostgreSqlKeys(engine);
  }

  @Override
  public ColumnType instantType() {
    return ColumnType.Simple.TIMESTAMP;
  }

  /** Waits a little: a session that just closed keeps its locks until its process has ended. */
  @Override
  public boolean tryLock(Connection connection, String name) throws SQLException {
    try (Statement settings = connection.createStatement();
        PreparedStatement statement =
            connection.prepareStatement("SELECT pg_advisory_lock(hashtextextended(?, 0))")) {
      settings.execute("SET lock_timeout = '2s'");
      statement.setString(1, name);
      statement.execute();
      settings.execute("RESET lock_timeout");
      return true;
    } catch (SQLException e) {
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public List<List<String>> indexes(
      Connection connection, String schema, String table, boolean unique) throws SQLException {
    return IndexColumns.of(
        connection.getMetaData().getIndexInfo(null, schema, table, unique, true));
  }

  @Override
  public List<String> createStage(String stage, List<Column> columns) {
    String declared =
        columns.stream()
            .map(c -> engine.quote(c.name()) + " " + engine.columnType(c.type()))
            .collect(Collectors.joining(", "));
    return List.of(
        "DROP TABLE IF EXISTS " + stage,
        "CREATE UNLOGGED TABLE " + stage + " (" + declared + ")"); // not worth the log
  }

  @Override
  public List<String> prepareStage(String stage, List<String> key) {
    return List.of("ANALYZE " + stage); // joins need no index of it, but they need to know the size
  }

  /**
   * Stages are sorted by key as the table is, so a look-up finds its page where the one before it
   * was. At the price of pages far apart the planner reads a million rows to find 20,000.
   */
  @Override
  public List<String> mergeSettings() {
    return List.of(
        "SELECT set_config('random_page_cost',"
            + " least(current_setting('random_page_cost')::float8, 1.1)::text, true)");
  }

  @Override
  public String deleteMarked(String table, String stage, List<String> key) {
    return "DELETE FROM %s t USING %s s WHERE %s AND s.\"_mark\" = 'D'"
        .formatted(table, stage, same(key));
  }

  @Override
  public String deleteMoved(String table, String stage, List<String> key, List<Column> grain) {
    return "DELETE FROM %s t USING %s s WHERE %s AND s.\"_mark\" = 'U' AND %s"
        .formatted(table, stage, same(key), differs(grain));
  }

  @Override
  public String park(
      String table, String stage, String key, String validFrom, List<Column> unique) {
    String from = engine.quote(validFrom);
    return ("UPDATE %s t SET %s = timestamptz '1000-01-01 00:00:00+00'"
            + " + t.%s * interval '1 microsecond' FROM %s s"
            + " WHERE %s AND (s.\"_mark\" = 'D' OR %s)")
        .formatted(table, from, engine.quote(key), stage, same(List.of(key)), differs(unique));
  }

  @Override
  public String update(String table, String stage, List<String> key, List<Column> others) {
    return "UPDATE %s t SET %s FROM %s s WHERE %s AND s.\"_mark\" = 'U' AND %s"
        .formatted(
            table, list(others, name -> name + " = s." + name), stage, same(key), differs(others));
  }

  private String same(List<String> key) {
    return key.stream()
        .map(engine::quote)
        .map(name -> "t." + name + " = s." + name)
        .collect(Collectors.joining(" AND "));
  }

  private String differs(List<Column> columns) {
    return "(%s) IS DISTINCT FROM (%s)"
        .formatted(list(columns, name -> "t." + name), list(columns, name -> "s." + name));
  }

  private String list(List<Column> columns, Function<String, String> shape) {
    return columns.stream()
        .map(column -> shape.apply(engine.quote(column.name())))
        .collect(Collectors.joining(", "));
  }
}
