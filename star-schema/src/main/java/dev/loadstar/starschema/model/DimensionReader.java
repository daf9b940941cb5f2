package dev.loadstar.starschema.model;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.yaml.Suggestion;
import dev.loadstar.core.yaml.YamlMap;
import dev.loadstar.starschema.model.DimensionModel.Enrichment;
import dev.loadstar.starschema.model.DimensionModel.OnDelete;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads a dimension that is built from an entity. */
final class DimensionReader {
  private static final Map<String, OnDelete> ON_DELETE =
      Map.of("close", OnDelete.CLOSE, "mark", OnDelete.MARK, "ignore", OnDelete.IGNORE);
  private static final Set<String> OURS =
      Set.of("valid_from", "valid_to", "is_current", "version", "is_inferred", "is_deleted");

  private final Names names;

  DimensionReader(Names names) {
    this.names = names;
  }

  Optional<DimensionModel> read(String name, YamlMap map) {
    Optional<EntityName> from = Optional.empty();
    if (map.has("from")) {
      from = map.scalar("from").flatMap(s -> names.entity(s.text(), s::problem));
    } else {
      map.problem(
          "dimension \"%s\" has neither \"from\" nor \"calendar\"; add one".formatted(name));
    }
    List<String> key = Names.columns(map, "key");
    if (!map.has("key")) {
      map.problem("\"key\" is missing; name the column or columns that identify a member");
    } else if (key.isEmpty()) {
      map.problem("key", "expected one or more columns; name them");
    }
    Optional<String> effectiveAt = Names.column(map, "effective_at");
    List<String> type1 = Names.columns(map, "type_1");
    List<String> type2 = Names.columns(map, "type_2");
    checkAttributes(name, map, key, type1, type2);
    Map<String, String> columns = computed(map, type1, type2);
    List<Enrichment> enrichments = enrichments(map, type1, type2, columns);
    Optional<String> deletedWhen = Names.expression(map, "deleted_when");
    Optional<OnDelete> onDelete = map.scalar("on_delete").flatMap(s -> s.oneOf(ON_DELETE));
    if (map.has("on_delete") && !map.has("deleted_when")) {
      map.problem("on_delete", "has no effect without \"deleted_when\"; add that or remove this");
    }
    map.refuseOthers();
    return from.map(
        entity ->
            new DimensionModel(
                name,
                entity,
                key,
                effectiveAt,
                type1,
                type2,
                columns,
                deletedWhen,
                onDelete.orElse(OnDelete.MARK),
                enrichments));
  }

  private static void checkAttributes(
      String name, YamlMap map, List<String> key, List<String> type1, List<String> type2) {
    for (String column : type2) {
      if (type1.contains(column)) {
        map.problem("type_2", "\"" + column + "\" is in type_1 and in type_2; remove it from one");
      }
    }
    Set<String> ours = new TreeSet<>(OURS);
    ours.add(name + "_key");
    ours.add(name + "_durable_key");
    check(map, "key", key, ours, List.of());
    check(map, "type_1", type1, ours, key);
    check(map, "type_2", type2, ours, key);
  }

  private static void check(
      YamlMap map, String where, List<String> columns, Set<String> ours, List<String> key) {
    for (String column : columns) {
      if (ours.contains(column)) {
        map.problem(
            where,
            "\"%s\" is a column of every dimension; give yours another name under \"columns\""
                .formatted(column));
      } else if (key.contains(column)) {
        map.problem(where, "\"" + column + "\" is in the key already; remove it here");
      }
    }
  }

  private static Map<String, String> computed(YamlMap map, List<String> type1, List<String> type2) {
    Map<String, String> columns = new LinkedHashMap<>();
    map.map("columns")
        .ifPresent(
            body ->
                body.keys()
                    .forEach(
                        key -> {
                          String column = key.name();
                          if (!type1.contains(column) && !type2.contains(column)) {
                            List<String> choices = new ArrayList<>(type1);
                            choices.addAll(type2);
                            body.problem(
                                column,
                                "\"%s\" is no attribute; list it in type_1 or type_2%s"
                                    .formatted(column, Suggestion.among(column, choices)));
                          }
                          Names.expression(body, column).ifPresent(e -> columns.put(column, e));
                        }));
    return columns;
  }

  private List<Enrichment> enrichments(
      YamlMap map, List<String> type1, List<String> type2, Map<String, String> computed) {
    List<Enrichment> enrichments = new ArrayList<>();
    Set<String> taken = new TreeSet<>(computed.keySet());
    map.map("enrich")
        .ifPresent(
            body ->
                body.keys()
                    .forEach(
                        key -> {
                          Optional<EntityName> entity =
                              names.entity(key.name(), m -> body.problem(key.name(), m));
                          Optional<Enrichment> enrichment =
                              body.map(key.name()).flatMap(m -> enrichment(entity, m));
                          enrichment.ifPresent(
                              e -> {
                                YamlMap at = body.map(key.name()).orElseThrow();
                                e.columns().forEach(c -> placed(c, at, type1, type2, taken));
                                enrichments.add(e);
                              });
                        }));
    return enrichments;
  }

  private static Optional<Enrichment> enrichment(Optional<EntityName> entity, YamlMap map) {
    Optional<String> by = map.require("by").flatMap(node -> Names.column(map, "by"));
    List<String> columns =
        map.require("columns").map(node -> Names.columns(map, "columns")).orElse(List.of());
    if (columns.isEmpty() && map.has("columns")) {
      map.problem("columns", "expected one or more columns of the other entity; name them");
    }
    map.refuseOthers();
    return entity.flatMap(e -> by.map(column -> new Enrichment(e, column, columns)));
  }

  private static void placed(
      String column, YamlMap at, List<String> type1, List<String> type2, Set<String> taken) {
    if (!taken.add(column)) {
      at.problem("columns", "\"" + column + "\" has a value from elsewhere already; remove one");
    }
    if (type2.contains(column)) {
      at.problem(
          "columns",
          "\"%s\" comes from another entity, so it is as it is today; move it to type_1"
              .formatted(column));
    } else if (!type1.contains(column)) {
      at.problem("columns", "\"" + column + "\" is in no list of attributes; add it to type_1");
    }
  }
}
