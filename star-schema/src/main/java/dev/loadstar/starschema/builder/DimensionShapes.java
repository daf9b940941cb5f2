package dev.loadstar.starschema.builder;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.starschema.model.Definition;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.tables.ColumnRole;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The shapes of what is written of one dimension.
 *
 * @param changeKey the fingerprint of the key behind the digests; may be empty
 */
record DimensionShapes(
    DimensionModel model,
    Map<String, ColumnType> keyTypes,
    Map<String, ColumnType> attributeTypes,
    ComparedColumns compared,
    String changeKey) {
  TableShape dimension() {
    List<TableColumn> columns = new ArrayList<>();
    columns.add(TableColumn.of(model.surrogateKey(), Simple.BIGINT, ColumnRole.KEY));
    columns.add(TableColumn.of(model.durableKey(), Simple.BIGINT, ColumnRole.DURABLE_KEY));
    keyTypes.forEach((n, t) -> columns.add(TableColumn.of(n, t, ColumnRole.NATURAL_KEY)));
    attributeTypes.forEach((n, t) -> columns.add(TableColumn.of(n, t, ColumnRole.ATTRIBUTE)));
    columns.add(TableColumn.of("valid_from", Simple.TIMESTAMP, ColumnRole.VALID_FROM));
    columns.add(TableColumn.of("valid_to", Simple.TIMESTAMP, ColumnRole.ATTRIBUTE));
    columns.add(TableColumn.of("is_current", Simple.BOOLEAN, ColumnRole.ATTRIBUTE));
    columns.add(TableColumn.of("version", Simple.INT, ColumnRole.ATTRIBUTE));
    columns.add(TableColumn.of("is_inferred", Simple.BOOLEAN, ColumnRole.ATTRIBUTE));
    columns.add(TableColumn.of("is_deleted", Simple.BOOLEAN, ColumnRole.ATTRIBUTE));
    return new TableShape(
        model.table(),
        TableShape.Kind.DIMENSION,
        columns,
        List.of(model.surrogateKey()),
        Definition.of(model).text());
  }

  TableShape observations() {
    List<TableColumn> columns = new ArrayList<>();
    keyTypes.forEach((n, t) -> columns.add(internal(n, t)));
    columns.add(internal("_effective", Simple.BIGINT));
    columns.add(internal("_load", Simple.BIGINT));
    columns.add(internal("_origin", Simple.TEXT));
    columns.add(internal("_row", Simple.BIGINT));
    columns.add(internal("_deleted", Simple.BOOLEAN));
    columns.add(internal("_unknown", Simple.TEXT));
    attributeTypes.forEach(
        (n, t) -> {
          if (!model.isLookedUp(n)) {
            columns.add(internal(n, t));
          }
        });
    model.enrichments().forEach(e -> columns.add(internal(ObservedRows.lookupKey(e), Simple.TEXT)));
    compared.columns().forEach(name -> columns.add(internal(name, Simple.BIGINT)));
    List<String> key = new ArrayList<>(model.key());
    key.add("_effective");
    return new TableShape(model.observations(), TableShape.Kind.STATE, columns, key, changeKey);
  }

  /** What facts must look up their key again: of no table, gone when the build ends. */
  TableShape intervals() {
    return new TableShape(
        "intervals_" + model.name(),
        TableShape.Kind.STATE,
        List.of(
            internal("_nk", Simple.TEXT),
            internal("_from", Simple.BIGINT),
            internal("_to", Simple.BIGINT)),
        List.of("_nk", "_from"),
        "");
  }

  private static TableColumn internal(String name, ColumnType type) {
    return TableColumn.of(name, type, ColumnRole.INTERNAL);
  }
}
