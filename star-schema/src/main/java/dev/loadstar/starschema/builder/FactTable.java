package dev.loadstar.starschema.builder;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.starschema.model.Definition;
import dev.loadstar.starschema.model.FactModel;
import dev.loadstar.starschema.model.FactModel.Measure;
import dev.loadstar.tables.ColumnRole;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of a fact: key, grain, event time, foreign keys, measures, attributes; then what
 * stays in the lake: {@code _line} (feed and key of the line), {@code _nk_<role>} (natural keys as
 * text), arrival.
 */
final class FactTable {
  private FactTable() {}

  static String foreignKey(String role) {
    return role + "_key";
  }

  static String naturalKey(String role) {
    return "_nk_" + role;
  }

  /**
   * @param definition the model's, with what its names are bound to
   */
  static TableShape shape(
      FactModel model, Map<String, String> dimensionTables, Definition definition) {
    List<TableColumn> columns = new ArrayList<>();
    columns.add(TableColumn.of(model.surrogateKey(), Simple.BIGINT, ColumnRole.KEY));
    model.grain().forEach((n, t) -> columns.add(TableColumn.of(n, t, ColumnRole.GRAIN)));
    if (!model.grain().containsKey(model.eventTime())) {
      columns.add(TableColumn.of(model.eventTime(), Simple.TIMESTAMP, ColumnRole.ATTRIBUTE));
    }
    List<String> roles = List.copyOf(model.dimensions().keySet());
    for (String role : roles) {
      columns.add(TableColumn.foreignKey(foreignKey(role), dimensionTables.get(role)));
    }
    for (Measure measure : model.measures()) {
      columns.add(TableColumn.of(measure.name(), measure.type(), ColumnRole.MEASURE));
    }
    model.attributes().forEach((n, t) -> columns.add(TableColumn.of(n, t, ColumnRole.ATTRIBUTE)));
    columns.add(TableColumn.of("_line", Simple.TEXT, ColumnRole.INTERNAL));
    for (String role : roles) {
      columns.add(TableColumn.of(naturalKey(role), Simple.TEXT, ColumnRole.INTERNAL));
    }
    columns.add(TableColumn.of("_load", Simple.BIGINT, ColumnRole.INTERNAL));
    columns.add(TableColumn.of("_origin", Simple.TEXT, ColumnRole.INTERNAL));
    columns.add(TableColumn.of("_row", Simple.BIGINT, ColumnRole.INTERNAL));
    return new TableShape(
        model.table(),
        TableShape.Kind.FACT,
        columns,
        List.of(model.surrogateKey()),
        definition.text());
  }

  /** What a feed must say: grain, event time, measures without expression, attributes. */
  static Map<String, ColumnType> targets(FactModel model) {
    Map<String, ColumnType> targets = new LinkedHashMap<>(model.grain());
    targets.putIfAbsent(model.eventTime(), Simple.TIMESTAMP);
    for (Measure measure : model.measures()) {
      if (measure.expression().isEmpty()) {
        targets.put(measure.name(), measure.type());
      }
    }
    targets.putAll(model.attributes());
    return targets;
  }

  static TableShape quarantineShape(FactModel model) {
    List<TableColumn> columns = new ArrayList<>();
    for (String text : List.of("_line", "entity", "_origin", "reason", "column_name")) {
      columns.add(TableColumn.of(text, Simple.TEXT, ColumnRole.INTERNAL));
    }
    columns.add(3, TableColumn.of("_row", Simple.BIGINT, ColumnRole.INTERNAL));
    columns.add(2, TableColumn.of("_load", Simple.BIGINT, ColumnRole.INTERNAL));
    return new TableShape(
        model.quarantine(), TableShape.Kind.STATE, columns, List.of("_line"), "1");
  }
}
