package dev.loadstar.jdbc.mysql;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.jdbc.LooseEquality;
import dev.loadstar.jdbc.SourceColumn;
import dev.loadstar.jdbc.TableInfo;
import dev.loadstar.jdbc.TableReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code information_schema}. */
final class MySqlCatalogue {
  private static final String COLUMNS =
      """
      SELECT table_schema, table_name, column_name, data_type, column_type, is_nullable,
             numeric_precision, numeric_scale, collation_name, privileges, character_maximum_length,
             character_octet_length, character_set_name, datetime_precision
      FROM information_schema.columns
      WHERE table_schema = COALESCE(?, DATABASE()) AND table_name = ?
      ORDER BY ordinal_position
      """;
  private static final String PRIMARY_KEY =
      """
      SELECT column_name FROM information_schema.statistics
      WHERE table_schema = COALESCE(?, DATABASE()) AND table_name = ? AND index_name = 'PRIMARY'
      ORDER BY seq_in_index
      """;
  private static final String FOREIGN_KEYS =
      """
      SELECT constraint_name, column_name, referenced_table_schema, referenced_table_name,
             referenced_column_name
      FROM information_schema.key_column_usage
      WHERE table_schema = COALESCE(?, DATABASE()) AND table_name = ?
        AND referenced_table_name IS NOT NULL
      ORDER BY constraint_name, ordinal_position
      """;

  private final MySql engine;
  private final Connection connection;

  MySqlCatalogue(MySql engine, Connection connection) {
    this.engine = engine;
    this.connection = connection;
  }

  Optional<TableInfo> table(String table) throws SQLException {
    String[] parts = table.split("\\.", 2);
    String schema = parts.length == 2 ? parts[0] : null;
    String name = parts[parts.length - 1];
    List<SourceColumn> columns = new ArrayList<>();
    String from = "";
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, schema);
      statement.setString(2, name);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          from = engine.name(rows.getString(1), rows.getString(2));
          columns.add(column(rows));
        }
      }
    }
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new TableInfo(from, columns, primaryKey(schema, name), foreignKeys(schema, name)));
  }

  private SourceColumn column(ResultSet row) throws SQLException {
    String name = row.getString(3);
    String declared = row.getString(5).toLowerCase(Locale.ROOT);
    String quoted = engine.quote(name);
    boolean nullable = row.getString(6).equals("YES");
    String data = row.getString(4).toLowerCase(Locale.ROOT);
    boolean readable = row.getString(10).contains("select");
    if (data.equals("bit") && !declared.equals("bit(1)")) {
      String number = "CAST(" + quoted + " AS UNSIGNED) AS " + quoted;
      return new SourceColumn(
          name,
          new ColumnType.Decimal(20, 0),
          nullable,
          declared,
          number,
          MySqlRoom.of(row),
          Optional.empty(),
          readable);
    }
    Optional<ColumnType> known = type(data, declared, row.getInt(7), row.getInt(8));
    String expression = known.isPresent() ? quoted : "CAST(" + quoted + " AS CHAR) AS " + quoted;
    return new SourceColumn(
        name,
        known.orElse(Simple.TEXT),
        nullable,
        declared,
        expression,
        MySqlRoom.of(row),
        equality(data, row.getString(9)),
        readable);
  }

  /**
   * Collations named {@code _bin} compare code points; but for those of UCA 9.0.0 and MariaDB's
   * {@code nopad} ones all pad, so that trailing spaces do not count. An ENUM or SET has the
   * spelling of its declaration.
   */
  private static Optional<LooseEquality> equality(String data, String collation) {
    if (collation == null
        || !(data.equals("char") || data.equals("varchar") || data.endsWith("text"))) {
      return Optional.empty();
    }
    boolean exact =
        collation.endsWith("_bin")
            && (collation.contains("_0900_") || collation.contains("_nopad_"));
    return exact ? Optional.empty() : Optional.of(new LooseEquality(collation, " = ", ""));
  }

  /** Empty for types that are read through their text form. */
  private static Optional<ColumnType> type(String data, String declared, int precision, int scale) {
    boolean unsigned = declared.contains("unsigned");
    return switch (data) {
      case "bit" -> Optional.of(Simple.BOOLEAN);
      case "tinyint" ->
          Optional.of(declared.startsWith("tinyint(1)") ? Simple.BOOLEAN : Simple.INT);
      case "smallint", "mediumint", "year" -> Optional.of(Simple.INT);
      case "int" -> Optional.of(unsigned ? Simple.BIGINT : Simple.INT);
      case "bigint" -> Optional.of(unsigned ? new ColumnType.Decimal(20, 0) : Simple.BIGINT);
      case "decimal" ->
          precision <= 38
              ? Optional.of(new ColumnType.Decimal(precision, scale))
              : Optional.empty();
      case "float" -> Optional.of(Simple.FLOAT);
      case "double" -> Optional.of(Simple.DOUBLE);
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set" ->
          Optional.of(Simple.TEXT);
      case "date" -> Optional.of(Simple.DATE);
      case "datetime" -> Optional.of(Simple.LOCAL_TIMESTAMP);
      case "timestamp" -> Optional.of(Simple.TIMESTAMP);
      case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
          Optional.of(Simple.BINARY);
      default -> Optional.empty();
    };
  }

  private List<String> primaryKey(String schema, String name) throws SQLException {
    List<String> key = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(PRIMARY_KEY)) {
      statement.setString(1, schema);
      statement.setString(2, name);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          key.add(rows.getString(1));
        }
      }
    }
    return key;
  }

  private List<TableReference> foreignKeys(String schema, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FOREIGN_KEYS)) {
      statement.setString(1, schema);
      statement.setString(2, name);
      try (ResultSet rows = statement.executeQuery()) {
        return TableReference.of(rows);
      }
    }
  }
}
