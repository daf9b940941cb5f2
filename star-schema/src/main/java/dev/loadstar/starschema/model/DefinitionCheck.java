package dev.loadstar.starschema.model;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.yaml.Location;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.starschema.expression.Analysis;
import dev.loadstar.starschema.expression.BoundExpression;
import dev.loadstar.starschema.expression.EntityColumns;
import dev.loadstar.starschema.expression.Expressions;
import dev.loadstar.starschema.expression.RefusedExpression;
import dev.loadstar.starschema.expression.Scope;
import java.util.Optional;
import java.util.function.Function;

/** What checks of definitions against known columns share. */
record DefinitionCheck(
    Function<EntityName, Optional<EntityColumns>> known, Places places, Problems problems) {
  /** Empty when nothing is known of the entity yet. */
  Optional<Scope> scope(EntityName entity) {
    return known.apply(entity).map(columns -> Scope.of(entity.toString(), columns));
  }

  void problem(String message, String... path) {
    problems.add(places.of(path), message);
  }

  void name(String column, Scope scope, String... path) {
    if (scope.find(column).isEmpty()) {
      problem(scope.unknown(column), path);
    }
  }

  /** An expression that gives one value. */
  void value(String sql, Scope scope, String... path) {
    bound(sql, scope, path)
        .filter(bound -> bound.type().isEmpty() && !bound.isNull())
        .ifPresent(
            bound ->
                problem(
                    "gives %s, expected a single value; correct it"
                        .formatted(bound.sparkType().typeName()),
                    path));
  }

  /** An expression that is true or false. */
  void condition(String sql, Scope scope, String... path) {
    bound(sql, scope, path)
        .filter(bound -> !bound.isCondition())
        .ifPresent(
            bound ->
                problem(
                    "gives %s, expected true or false; compare it with something"
                        .formatted(
                            bound
                                .type()
                                .map(type -> type.text())
                                .orElse(bound.sparkType().typeName())),
                    path));
  }

  private Optional<BoundExpression> bound(String sql, Scope scope, String... path) {
    Location place = places.of(path);
    Analysis analysis = Expressions.analyze(sql, scope);
    if (analysis instanceof RefusedExpression refused) {
      problems.add(place, refused.problem());
      return Optional.empty();
    }
    return Optional.of((BoundExpression) analysis);
  }
}
