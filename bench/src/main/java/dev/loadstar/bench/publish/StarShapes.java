package dev.loadstar.bench.publish;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.tables.ColumnRole;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import java.util.ArrayList;
import java.util.List;

/** The tables of the shipped shop's star, as its migrations create them. */
final class StarShapes {
  static final TableShape CUSTOMER =
      dimension(
          "customer",
          natural("customer_id", Simple.BIGINT),
          attribute("name", Simple.TEXT),
          attribute("city", Simple.TEXT),
          attribute("segment", Simple.TEXT));

  static final TableShape PRODUCT =
      dimension(
          "product",
          natural("product_id", Simple.BIGINT),
          attribute("product_name", Simple.TEXT),
          attribute("category", Simple.TEXT),
          attribute("list_price", new Decimal(10, 2)));

  static final TableShape LOCATION =
      dimension(
          "location",
          natural("store_id", Simple.TEXT),
          attribute("store_name", Simple.TEXT),
          attribute("region", Simple.TEXT));

  static final TableShape DATE =
      new TableShape(
          "dim_date",
          TableShape.Kind.DIMENSION,
          List.of(
              TableColumn.of("date_key", Simple.BIGINT, ColumnRole.KEY),
              attribute("date", Simple.DATE),
              attribute("year", Simple.INT),
              attribute("month", Simple.INT)),
          List.of("date_key"),
          "bench");

  static final TableShape SALES =
      new TableShape(
          "fact_sales",
          TableShape.Kind.FACT,
          List.of(
              TableColumn.of("sales_key", Simple.BIGINT, ColumnRole.KEY),
              TableColumn.of("channel", Simple.TEXT, ColumnRole.GRAIN),
              TableColumn.of("order_number", Simple.TEXT, ColumnRole.GRAIN),
              TableColumn.of("line_number", Simple.INT, ColumnRole.GRAIN),
              attribute("sold_at", Simple.TIMESTAMP),
              TableColumn.foreignKey("date_key", "dim_date"),
              TableColumn.foreignKey("customer_key", "dim_customer"),
              TableColumn.foreignKey("product_key", "dim_product"),
              TableColumn.foreignKey("location_key", "dim_location"),
              measure("quantity", Simple.INT),
              measure("unit_price", new Decimal(19, 4)),
              measure("gross_amount", new Decimal(19, 4)),
              measure("discount_amount", new Decimal(19, 4)),
              measure("net_amount", new Decimal(19, 4)),
              attribute("currency_code", Simple.TEXT)),
          List.of("sales_key"),
          "bench");

  private StarShapes() {}

  private static TableShape dimension(String name, TableColumn... own) {
    List<TableColumn> columns = new ArrayList<>();
    columns.add(TableColumn.of(name + "_key", Simple.BIGINT, ColumnRole.KEY));
    columns.add(TableColumn.of(name + "_durable_key", Simple.BIGINT, ColumnRole.DURABLE_KEY));
    columns.addAll(List.of(own));
    columns.add(TableColumn.of("valid_from", Simple.TIMESTAMP, ColumnRole.VALID_FROM));
    columns.add(attribute("valid_to", Simple.TIMESTAMP));
    columns.add(attribute("is_current", Simple.BOOLEAN));
    columns.add(attribute("version", Simple.INT));
    columns.add(attribute("is_inferred", Simple.BOOLEAN));
    columns.add(attribute("is_deleted", Simple.BOOLEAN));
    return new TableShape(
        "dim_" + name, TableShape.Kind.DIMENSION, columns, List.of(name + "_key"), "bench");
  }

  private static TableColumn natural(String name, ColumnType type) {
    return TableColumn.of(name, type, ColumnRole.NATURAL_KEY);
  }

  private static TableColumn attribute(String name, ColumnType type) {
    return TableColumn.of(name, type, ColumnRole.ATTRIBUTE);
  }

  private static TableColumn measure(String name, ColumnType type) {
    return TableColumn.of(name, type, ColumnRole.MEASURE);
  }
}
