package dev.loadstar.starschema.model;

import dev.loadstar.starschema.expression.Scope;
import dev.loadstar.starschema.model.DimensionModel.Enrichment;
import java.util.List;

/** Checks the names and expressions of a dimension. */
record DimensionCheck(DefinitionCheck check, DimensionModel model) {
  void run() {
    check.scope(model.from()).ifPresent(this::own);
    for (Enrichment enrichment : model.enrichments()) {
      check
          .scope(enrichment.entity())
          .ifPresent(
              other ->
                  enrichment
                      .columns()
                      .forEach(
                          column ->
                              check.name(
                                  column,
                                  other,
                                  path(
                                      "enrich",
                                      enrichment.entity().toString(),
                                      "columns",
                                      column))));
    }
  }

  private void own(Scope scope) {
    model.columns().forEach((name, sql) -> check.value(sql, scope, path("columns", name)));
    model.key().forEach(column -> name(column, scope, "key", column));
    model.effectiveAt().ifPresent(column -> name(column, scope, "effective_at"));
    attributes(model.type1(), scope, "type_1");
    attributes(model.type2(), scope, "type_2");
    model.deletedWhen().ifPresent(sql -> check.condition(sql, scope, path("deleted_when")));
    for (Enrichment enrichment : model.enrichments()) {
      name(enrichment.by(), scope, "enrich", enrichment.entity().toString(), "by");
    }
  }

  private void attributes(List<String> attributes, Scope scope, String list) {
    attributes.stream()
        .filter(attribute -> !model.isLookedUp(attribute))
        .forEach(attribute -> name(attribute, scope, list, attribute));
  }

  /** What is computed has its own expression, which is checked once. */
  private void name(String column, Scope scope, String... place) {
    if (!model.columns().containsKey(column)) {
      check.name(column, scope, path(place));
    }
  }

  private String[] path(String... place) {
    String[] path = new String[place.length + 2];
    path[0] = "dimensions";
    path[1] = model.name();
    System.arraycopy(place, 0, path, 2, place.length);
    return path;
  }
}
