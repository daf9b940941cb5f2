package dev.loadstar.ingestion.database;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.name.SnakeCase;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.yaml.Suggestion;
import dev.loadstar.ingestion.model.DatabaseSourceModel;
import dev.loadstar.ingestion.model.TableModel;
import dev.loadstar.jdbc.Database;
import dev.loadstar.jdbc.KeySpelling;
import dev.loadstar.jdbc.SourceColumn;
import dev.loadstar.jdbc.TableInfo;
import dev.loadstar.jdbc.TableReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks the tables of a source up. Thread safe. */
record SourceTables(DatabaseSourceModel source, Database database) {
  /**
   * @param findings remarks for the report; no values of rows
   */
  record SpelledTable(TableInfo table, List<String> findings) {}

  /** An entity's table as it is to be read: references are spelled as the keys they refer to. */
  SpelledTable find(TableModel model) {
    try (Connection connection = database.connect()) {
      TableInfo table = table(connection, model).orElseThrow(() -> missing(model));
      List<TableReference> own = declared(connection, model, table);
      Map<String, TableModel> others = new HashMap<>();
      for (TableModel other : source.entities()) {
        if (!other.references().isEmpty()) {
          table(connection, other).ifPresent(found -> others.put(found.from(), other));
        }
      }
      KeySpelling spelling =
          new KeySpelling(
              database.engine(),
              connection,
              reached ->
                  reached.from().equals(table.from())
                      ? own
                      : others.containsKey(reached.from())
                          ? declared(connection, others.get(reached.from()), reached)
                          : List.of());
      return new SpelledTable(spelling.of(table), spelling.findings());
    } catch (SQLException e) {
      throw database.failure("look up " + model.name() + " in", e);
    }
  }

  private List<TableReference> declared(Connection connection, TableModel model, TableInfo from)
      throws SQLException {
    List<TableReference> references = new ArrayList<>();
    for (Map.Entry<String, String> reference : model.references().entrySet()) {
      Column column = column(model, from, "references", reference.getKey());
      TableModel entity = model(new EntityName(source.name(), reference.getValue()));
      TableInfo to = table(connection, entity).orElseThrow(() -> missing(entity));
      List<String> key = entity.key().isEmpty() ? to.primaryKey() : entity.key();
      if (key.size() != 1) {
        throw invalid(
            model.name(),
            "\"references\" (%s) names %s, whose key has %d columns, expected one. Have the database declare a foreign key instead."
                .formatted(model.location(), entity.name(), key.size()));
      }
      Column target = column(entity, to, "key", key.get(0));
      references.add(
          new TableReference(List.of(column.name()), name(entity), List.of(target.name())));
    }
    return references;
  }

  TableModel model(EntityName entity) {
    return source.entities().stream()
        .filter(table -> table.name().equals(entity))
        .findFirst()
        .orElseThrow();
  }

  private Optional<TableInfo> table(Connection connection, TableModel model) throws SQLException {
    return database.engine().table(connection, name(model));
  }

  private String name(TableModel model) {
    return source
        .schema()
        .filter(schema -> !model.table().contains("."))
        .map(schema -> schema + "." + model.table())
        .orElse(model.table());
  }

  private LoadException missing(TableModel model) {
    return new LoadException(
        ErrorCode.NOT_FOUND,
        "Cannot read %s: found no table or view %s in %s, expected one that this user may see. Correct \"table\" or \"schema\" in sources.yaml, or grant SELECT."
            .formatted(model.name(), name(model), database));
  }

  /** A column by its name, or by its name in snake_case. */
  static Column column(TableModel model, TableInfo table, String key, String name) {
    return table
        .column(name)
        .or(
            () ->
                table.columns().stream()
                    .filter(c -> SnakeCase.of(c.name()).equals(SnakeCase.of(name)))
                    .findFirst())
        .map(column -> new Column(column.name(), column.type()))
        .orElseThrow(
            () ->
                invalid(
                    model.name(),
                    "\"%s\" (%s) names the column %s, which %s does not have%s Correct sources.yaml."
                        .formatted(
                            key,
                            model.location(),
                            name,
                            table.from(),
                            Suggestion.ending(
                                name, table.columns().stream().map(SourceColumn::name).toList()))));
  }

  /**
   * @param found a sentence and what to do
   */
  static LoadException invalid(EntityName entity, String found) {
    return new LoadException(
        ErrorCode.CONFIGURATION_INVALID, "Cannot read %s: %s".formatted(entity, found));
  }
}
