package dev.loadstar.jdbc.postgresql;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.core.type.Extent;
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
import java.util.Optional;

/** Reads {@code pg_catalog}, which, unlike {@code information_schema}, shows what one may read. */
final class PostgreSqlCatalogue {
  // A domain counts as the type under it.
  private static final String COLUMNS =
      """
      SELECT n.nspname, c.relname, a.attname,
             COALESCE(b.typname, t.typname) AS type,
             CASE WHEN b.oid IS NULL THEN a.atttypmod ELSE t.typtypmod END AS modifier,
             a.attnotnull, format_type(a.atttypid, a.atttypmod) AS declared,
             tn.nspname AS type_schema, cn.nspname AS collation_schema,
             CASE WHEN NOT l.collisdeterministic THEN l.collname END AS collation,
             pg_catalog.has_schema_privilege(n.oid, 'USAGE')
               AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT') AS readable
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
      JOIN pg_catalog.pg_namespace tn ON tn.oid = COALESCE(b.typnamespace, t.typnamespace)
      LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
      LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = l.collnamespace
      WHERE c.oid = pg_catalog.to_regclass(?) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      ORDER BY a.attnum
      """;
  private static final String PRIMARY_KEY =
      """
      SELECT a.attname
      FROM pg_catalog.pg_index i
      CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k (attnum, position)
      JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
      WHERE i.indrelid = pg_catalog.to_regclass(?) AND i.indisprimary AND k.position <= i.indnkeyatts
      ORDER BY k.position
      """;
  // A key of or to a partitioned table has children for its partitions; one of each is enough.
  private static final String FOREIGN_KEYS =
      """
      SELECT f.conname, a.attname, n.nspname, c.relname, ka.attname
      FROM pg_catalog.pg_constraint f
      CROSS JOIN LATERAL unnest(f.conkey, f.confkey)
        WITH ORDINALITY AS k (attnum, key_attnum, position)
      JOIN pg_catalog.pg_class c ON c.oid = f.confrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.attnum
      JOIN pg_catalog.pg_attribute ka ON ka.attrelid = f.confrelid AND ka.attnum = k.key_attnum
      WHERE f.conrelid = pg_catalog.to_regclass(?) AND f.contype = 'f'
        AND NOT EXISTS (
          SELECT 1 FROM pg_catalog.pg_constraint p
          WHERE p.oid = f.conparentid AND p.conrelid = f.conrelid)
      ORDER BY f.conname, k.position
      """;

  private final PostgreSql engine;
  private final Connection connection;

  PostgreSqlCatalogue(PostgreSql engine, Connection connection) {
    this.engine = engine;
    this.connection = connection;
  }

  Optional<TableInfo> table(String table) throws SQLException {
    String quoted = engine.name(table.split("\\.", 2));
    List<SourceColumn> columns = new ArrayList<>();
    String from = "";
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, quoted);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          from = engine.name(rows.getString(1), rows.getString(2));
          columns.add(column(rows));
        }
      }
    }
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(new TableInfo(from, columns, primaryKey(quoted), foreignKeys(quoted)));
  }

  private SourceColumn column(ResultSet row) throws SQLException {
    String name = row.getString("attname");
    String type = row.getString("type");
    int modifier = row.getInt("modifier");
    Optional<ColumnType> known = type(type, modifier);
    boolean asItIs = known.isPresent() && !(known.get() == Simple.TEXT && type.equals("numeric"));
    String quoted = engine.quote(name);
    return new SourceColumn(
        name,
        known.orElse(Simple.TEXT),
        !row.getBoolean("attnotnull"),
        row.getString("declared"),
        asItIs ? quoted : quoted + "::text AS " + quoted,
        room(type, modifier),
        equality(type, row),
        row.getBoolean("readable"));
  }

  /** citext's operator is found by its schema alone where the search path does not name it. */
  private Optional<LooseEquality> equality(String type, ResultSet row) throws SQLException {
    if (type.equals("citext")) {
      String operator = " OPERATOR(" + engine.quote(row.getString("type_schema")) + ".=) ";
      return Optional.of(new LooseEquality(type, operator, ""));
    }
    String collation = row.getString("collation");
    if (collation == null) {
      return Optional.empty();
    }
    String name = engine.name(row.getString("collation_schema"), collation);
    return Optional.of(new LooseEquality(name, " = ", " COLLATE " + name));
  }

  /** Empty for types that are read through their text form. */
  private static Optional<ColumnType> type(String name, int modifier) {
    return switch (name) {
      case "int2", "int4" -> Optional.of(Simple.INT);
      case "int8", "oid" -> Optional.of(Simple.BIGINT);
      case "numeric" -> Optional.of(numeric(modifier));
      case "float4" -> Optional.of(Simple.FLOAT);
      case "float8" -> Optional.of(Simple.DOUBLE);
      case "bool" -> Optional.of(Simple.BOOLEAN);
      case "text", "varchar", "bpchar" -> Optional.of(Simple.TEXT);
      case "date" -> Optional.of(Simple.DATE);
      case "timestamp" -> Optional.of(Simple.LOCAL_TIMESTAMP);
      case "timestamptz" -> Optional.of(Simple.TIMESTAMP);
      case "bytea" -> Optional.of(Simple.BINARY);
      default -> Optional.empty();
    };
  }

  /** Numbers without bounds, or beyond 38 digits, have no exact type of ours: text keeps them. */
  private static ColumnType numeric(int modifier) {
    if (modifier < 0) {
      return Simple.TEXT;
    }
    int precision = precision(modifier);
    int scale = scale(modifier);
    boolean fits = precision <= 38 && scale >= 0 && scale <= precision;
    return fits ? new ColumnType.Decimal(precision, scale) : Simple.TEXT;
  }

  private static int precision(int modifier) {
    return ((modifier - 4) >> 16) & 0xFFFF;
  }

  private static int scale(int modifier) {
    return (((modifier - 4) & 0x7FF) ^ 1024) - 1024; // signed 11 bits since PostgreSQL 15
  }

  /** A modifier of text is its length and a header of four bytes; without one nothing is bound. */
  private static Extent room(String type, int modifier) {
    Extent most = Extent.UNBOUNDED;
    return switch (type) {
      case "int2" -> most.withBits(16, true);
      case "int4" -> most.withBits(32, true);
      case "int8" -> most.withBits(64, true);
      case "numeric" ->
          modifier < 0
              ? most
              : most.withDigits(Math.max(precision(modifier) - scale(modifier), 0), true);
      case "varchar", "bpchar" ->
          modifier < 0 ? most : most.withCharacters(modifier - 4, Character.MAX_CODE_POINT);
      case "timestamp", "timestamptz" -> modifier < 0 ? most : most.withSecondDigits(modifier);
      default -> most;
    };
  }

  private List<String> primaryKey(String quoted) throws SQLException {
    List<String> key = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(PRIMARY_KEY)) {
      statement.setString(1, quoted);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          key.add(rows.getString(1));
        }
      }
    }
    return key;
  }

  private List<TableReference> foreignKeys(String quoted) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FOREIGN_KEYS)) {
      statement.setString(1, quoted);
      try (ResultSet rows = statement.executeQuery()) {
        return TableReference.of(rows);
      }
    }
  }
}
