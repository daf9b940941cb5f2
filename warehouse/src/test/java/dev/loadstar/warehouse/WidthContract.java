package dev.loadstar.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.ErrorKind;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.core.type.Extent;
import dev.loadstar.core.type.ExtentMeter;
import dev.loadstar.tables.ColumnRole;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.TableShape.Kind;
import dev.loadstar.testing.TestDatabase;
import dev.loadstar.warehouse.staging.SchemaCheck;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values against the widths that a warehouse was made with. */
abstract class WidthContract {
  WarehouseTarget target;
  Warehouse warehouse;
  private final List<TableColumn> columns = new ArrayList<>();

  abstract TestDatabase server();

  @BeforeEach
  void open() throws SQLException {
    target = Fixture.target(server(), Fixture.MIGRATIONS);
    warehouse = Warehouse.open(target, Clock.systemUTC());
    execute("CREATE SCHEMA " + target.database().engine().quote(target.schemas().get("dw")));
    column("item_key", Simple.BIGINT, ColumnRole.KEY);
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = target.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  void column(String name, ColumnType type, ColumnRole role) {
    columns.add(TableColumn.of(name, type, role));
  }

  void create(String table, String declared) throws SQLException {
    execute("CREATE TABLE " + target.dw(table) + " (item_key BIGINT, " + declared + ")");
  }

  TableShape shape(Kind kind, String name) {
    return new TableShape(name, kind, columns, List.of("item_key"), "f");
  }

  static Extent of(ColumnType type, Object... values) {
    ExtentMeter meter = new ExtentMeter(type);
    for (Object value : values) {
      meter.add(value);
    }
    return meter.extent();
  }

  void refused(TableShape shape, Map<String, Extent> extents, String... lines) {
    String dw = target.schemas().get("dw") + "." + shape.name() + ".";
    assertThatThrownBy(() -> warehouse.requireRoom(List.of(shape), Map.of(shape.name(), extents)))
        .isInstanceOfSatisfying(
            LoadException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.WIDTH_EXCEEDED);
              assertThat(e.code().kind()).isEqualTo(ErrorKind.DATA);
              assertThat(e.getMessage().lines().filter(line -> line.startsWith("  ")))
                  .map(line -> line.strip().replace(dw, "").replace("character varying", "varchar"))
                  .containsExactly(lines);
            });
  }

  void fits(TableShape shape, Map<String, Extent> extents) {
    warehouse.requireRoom(List.of(shape), Map.of(shape.name(), extents));
  }

  @Test
  void everythingThatIsTooWideIsNamedAtOnce() throws SQLException {
    create("fact_items", "code VARCHAR(4), amount NUMERIC(10,4), n SMALLINT");
    column("code", Simple.TEXT, ColumnRole.ATTRIBUTE);
    column("amount", new Decimal(18, 4), ColumnRole.MEASURE);
    column("n", Simple.INT, ColumnRole.MEASURE);
    TableShape shape = shape(Kind.FACT, "fact_items");

    Map<String, Extent> largest =
        Map.of(
            "code", of(Simple.TEXT, "äöüß"),
            "amount", of(new Decimal(18, 4), new BigDecimal("-999999.9999")),
            "n", of(Simple.INT, -32768, 32767));
    fits(shape, largest);
    fits(shape, Map.of());
    refused(
        shape,
        Map.of(
            "code", of(Simple.TEXT, "a", "äöüßx"),
            "amount", of(new Decimal(18, 4), new BigDecimal("1000000")),
            "n", of(Simple.INT, 32768)),
        "code needs 5 characters, found varchar(4)",
        "amount needs 7 digits before the point, found " + exact(),
        "n needs integers of 17 bits, found " + small());
  }

  abstract String exact();

  abstract String small();

  @Test
  void digitsAfterThePointAreAMatterOfTypesAndThoseBeforeItOfValues() throws SQLException {
    create("fact_items", "amount NUMERIC(10,4), rate NUMERIC(10,2), n SMALLINT");
    column("amount", new Decimal(18, 4), ColumnRole.MEASURE);
    column("rate", new Decimal(9, 4), ColumnRole.MEASURE);
    column("n", Simple.INT, ColumnRole.MEASURE);
    TableShape shape = shape(Kind.FACT, "fact_items");
    try (Connection connection = target.database().connect()) {
      SchemaCheck check = new SchemaCheck(target, dialect());
      assertThatThrownBy(() -> check.require(connection, List.of(shape)))
          .isInstanceOfSatisfying(
              LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_MISMATCH))
          .hasMessageContaining("rate decimal(9,4)")
          .hasMessageNotContaining("amount")
          .hasMessageNotContaining(".n ");
    }
    fits(shape, Map.of());
  }

  abstract WarehouseDialect dialect();

  @Test
  void theSpecialRowsNeedRoomInEveryTextOfADimension() throws SQLException {
    create("dim_item", "id VARCHAR(2), code VARCHAR(13), name VARCHAR(14), price NUMERIC(4,2)");
    column("id", Simple.TEXT, ColumnRole.NATURAL_KEY);
    column("code", Simple.TEXT, ColumnRole.ATTRIBUTE);
    column("name", Simple.TEXT, ColumnRole.ATTRIBUTE);
    column("price", new Decimal(4, 2), ColumnRole.ATTRIBUTE);

    refused(
        shape(Kind.DIMENSION, "dim_item"),
        Map.of(),
        "code needs 14 characters (for the row \"Not applicable\"), found varchar(13)");
    refused(
        shape(Kind.DIMENSION, "dim_item"),
        Map.of("code", of(Simple.TEXT, "fifteen letters")),
        "code needs 15 characters, found varchar(13)");
  }

  @Test
  void fractionsOfASecondAreNotRounded() throws SQLException {
    create("fact_items", "sold_at " + instantOfTenths());
    column("sold_at", Simple.TIMESTAMP, ColumnRole.ATTRIBUTE);
    TableShape shape = shape(Kind.FACT, "fact_items");
    fits(shape, Map.of("sold_at", of(Simple.TIMESTAMP, 1_500_000L)));
    refused(
        shape,
        Map.of("sold_at", of(Simple.TIMESTAMP, 1_999_999L)),
        "sold_at needs 6 digits of a second, found " + instantOfTenths());
  }

  abstract String instantOfTenths();

  @Test
  void whatTheWarehouseLacksIsPassedOver() throws SQLException {
    column("name", Simple.TEXT, ColumnRole.ATTRIBUTE);
    Map<String, Extent> extents = Map.of("name", of(Simple.TEXT, "long"));
    fits(shape(Kind.FACT, "fact_items"), extents);
    create("fact_items", "other VARCHAR(1)");
    fits(shape(Kind.FACT, "fact_items"), extents);
    create("state_items", "name VARCHAR(1)");
    fits(shape(Kind.STATE, "state_items"), extents);
  }

  @Test
  void theShippedTablesHoldTheSpecialRows() {
    warehouse.migrate();
    warehouse.requireRoom(StarLake.ALL, Map.of());
  }
}
