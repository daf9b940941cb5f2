package dev.loadstar.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.tables.ColumnRole;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.TableShape.Kind;
import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestMySql;
import dev.loadstar.warehouse.mysql.MySqlWarehouse;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MySqlWidthIT extends WidthContract {
  @Override
  TestDatabase server() {
    return TestMySql.shared();
  }

  @Override
  WarehouseDialect dialect() {
    return new MySqlWarehouse(target.database().engine());
  }

  @Override
  String exact() {
    return "decimal(10,4)";
  }

  @Override
  String small() {
    String declared =
        Fixture.query(
                target,
                "SELECT column_type FROM information_schema.columns WHERE column_name = 'n'"
                    + " AND table_schema = '"
                    + target.schemas().get("dw")
                    + "'")
            .get(0)
            .get(0)
            .toString();
    assertThat(declared).startsWith("smallint"); // MariaDB shows a width behind it
    return declared;
  }

  @Override
  String instantOfTenths() {
    return "datetime(1)";
  }

  @Test
  void characterSetsBytesAndSignsBindToo() throws SQLException {
    create(
        "fact_items",
        "note VARCHAR(9) CHARACTER SET utf8mb3, long_note TINYTEXT CHARACTER SET utf8mb4,"
            + " n DECIMAL(5,0) UNSIGNED");
    column("note", Simple.TEXT, ColumnRole.ATTRIBUTE);
    column("long_note", Simple.TEXT, ColumnRole.ATTRIBUTE);
    column("n", Simple.INT, ColumnRole.MEASURE);
    TableShape shape = shape(Kind.FACT, "fact_items");
    fits(
        shape,
        Map.of(
            "note", of(Simple.TEXT, "\uFFFF"),
            "long_note", of(Simple.TEXT, "é".repeat(127)),
            "n", of(Simple.INT, 99_999)));
    refused(
        shape,
        Map.of(
            "note", of(Simple.TEXT, "\uD83D\uDE00"),
            "long_note", of(Simple.TEXT, "é".repeat(128)),
            "n", of(Simple.INT, -1)),
        "note needs characters beyond U+FFFF, found varchar(9)",
        "long_note needs 256 bytes, found tinytext",
        "n needs negative numbers, found decimal(5,0) unsigned");
  }
}
