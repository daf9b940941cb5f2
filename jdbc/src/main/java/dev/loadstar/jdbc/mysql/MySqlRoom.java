package dev.loadstar.jdbc.mysql;

import dev.loadstar.core.type.Extent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/** How much a column of {@code information_schema.columns} takes. */
final class MySqlRoom {
  private static final int BASIC_PLANE = 0xFFFF;
  private static final int ASCII = 0x7F;

  private MySqlRoom() {}

  static Extent of(ResultSet row) throws SQLException {
    boolean signed = !row.getString("column_type").toLowerCase(Locale.ROOT).contains("unsigned");
    Extent most = Extent.UNBOUNDED;
    return switch (row.getString("data_type").toLowerCase(Locale.ROOT)) {
      case "tinyint" -> whole(8, signed);
      case "smallint" -> whole(16, signed);
      case "mediumint" -> whole(24, signed);
      case "int" -> whole(32, signed);
      case "bigint" -> whole(64, signed);
      case "decimal" ->
          most.withDigits(row.getInt("numeric_precision") - row.getInt("numeric_scale"), signed);
      case "float", "double" -> most.withDigits(Integer.MAX_VALUE, signed);
      case "char", "varchar" ->
          most.withCharacters(row.getLong("character_maximum_length"), highest(row));
      // bound in bytes, whatever the characters
      case "tinytext", "text", "mediumtext", "longtext" ->
          most.withCharacters(Long.MAX_VALUE, highest(row))
              .withBytes(row.getLong("character_octet_length"));
      case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
          most.withBytes(row.getLong("character_octet_length"));
      case "datetime", "timestamp" -> most.withSecondDigits(row.getInt("datetime_precision"));
      default -> most;
    };
  }

  /** Without a sign there is room for one bit more. */
  private static Extent whole(int bits, boolean signed) {
    return Extent.UNBOUNDED.withBits(signed ? bits : bits + 1, signed);
  }

  /** Of the character sets that hold a whole plane or little; what others hold the server knows. */
  private static int highest(ResultSet row) throws SQLException {
    return switch (String.valueOf(row.getString("character_set_name")).toLowerCase(Locale.ROOT)) {
      case "utf8", "utf8mb3", "ucs2" -> BASIC_PLANE;
      case "ascii" -> ASCII;
      default -> Character.MAX_CODE_POINT;
    };
  }
}
