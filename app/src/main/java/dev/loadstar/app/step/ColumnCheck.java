package dev.loadstar.app.step;

import dev.loadstar.app.project.Project;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.lake.Lake;
import dev.loadstar.masking.policy.ColumnException;
import dev.loadstar.starschema.expression.Analysis;
import dev.loadstar.starschema.expression.BoundExpression;
import dev.loadstar.starschema.expression.EntityColumns;
import dev.loadstar.starschema.expression.Expressions;
import dev.loadstar.starschema.expression.RefusedExpression;
import dev.loadstar.starschema.expression.Scope;
import dev.loadstar.starschema.model.FactModel;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Checks the names and expressions of a project against the columns that its lake knows. Reads a
 * few small objects and writes nothing. Not thread safe.
 */
public final class ColumnCheck {
  /** What rows of an entity and of a fact have besides. */
  private static final Map<String, ColumnType> BOOKKEEPING =
      Map.of(
          "_load", Simple.BIGINT,
          "_origin", Simple.TEXT,
          "_row", Simple.BIGINT,
          "_business_date", Simple.DATE,
          "_ingested_at", Simple.TIMESTAMP,
          "_transformed_at", Simple.TIMESTAMP);

  private final Project project;
  private final LakeColumns columns;
  private final Map<EntityName, Optional<EntityColumns>> known = new TreeMap<>();
  private final Map<EntityName, EntityColumns> withFormer = new TreeMap<>();

  public ColumnCheck(Project project, Lake lake) {
    this.project = project;
    this.columns = new LakeColumns(lake);
  }

  /**
   * @return entities of the star whose columns are not known, for none was loaded yet; what needs
   *     them was not judged
   * @throws dev.loadstar.core.error.LoadException {@code CONFIGURATION_INVALID} that lists every
   *     mistake with its place, one a line
   */
  public List<EntityName> check() {
    Problems problems = starProblems();
    project.quality().checkNames(this::ruleProblem, problems);
    project
        .masking()
        .policies()
        .columns()
        .forEach((entity, exceptions) -> conditions(entity, exceptions.values(), problems));
    problems.throwIfAny(ErrorCode.CONFIGURATION_INVALID);
    return project.star().entities().stream().filter(e -> of(e).isEmpty()).toList();
  }

  private Optional<EntityColumns> of(EntityName entity) {
    return known.computeIfAbsent(entity, columns::of);
  }

  private Problems starProblems() {
    Problems problems = new Problems();
    project.star().check(this::of, problems);
    if (problems.isEmpty()) {
      return problems;
    }
    Problems left = new Problems(); // only now is it worth a look at every load
    project.star().check(this::withFormer, left);
    return left;
  }

  private Optional<EntityColumns> withFormer(EntityName entity) {
    return of(entity)
        .map(
            columns ->
                withFormer.computeIfAbsent(entity, e -> this.columns.withFormer(e, columns)));
  }

  /** A rule is asked once, so it may look at the clock. */
  private Optional<String> ruleProblem(String subject, String expression) {
    return rows(subject)
        .map(scope -> Expressions.analyzeOnce(expression, scope))
        .filter(RefusedExpression.class::isInstance)
        .map(refused -> ((RefusedExpression) refused).problem());
  }

  /**
   * What a rule sees; empty when that is not known, and for dimensions, whose types a build finds.
   */
  private Optional<Scope> rows(String subject) {
    Scope besides = Scope.of(subject, BOOKKEEPING);
    if (subject.contains(".")) {
      return of(EntityName.parse(subject)).map(c -> Scope.of(subject, c).and(besides));
    }
    return project.star().facts().stream()
        .filter(fact -> fact.table().equals(subject))
        .findFirst()
        .map(fact -> Scope.of(subject, columns(fact)).and(besides));
  }

  private static Map<String, ColumnType> columns(FactModel fact) {
    Map<String, ColumnType> columns = new LinkedHashMap<>();
    columns.put(fact.surrogateKey(), Simple.BIGINT);
    columns.putAll(fact.grain());
    columns.put(fact.eventTime(), Simple.TIMESTAMP);
    fact.dimensions().keySet().forEach(role -> columns.put(role + "_key", Simple.BIGINT));
    fact.measures().forEach(measure -> columns.put(measure.name(), measure.type()));
    columns.putAll(fact.attributes());
    return columns;
  }

  private void conditions(
      EntityName entity, Collection<ColumnException> exceptions, Problems problems) {
    Map<String, ColumnType> declared = new Declarations(project).types(entity);
    for (ColumnException exception : exceptions) {
      if (exception.when().isEmpty()) {
        continue;
      }
      Optional<Analysis> analysis =
          columns
              .clear(entity, declared)
              .map(clear -> Scope.of(entity.toString(), clear))
              .map(scope -> Expressions.analyze(exception.when().get(), scope));
      if (analysis.orElse(null) instanceof RefusedExpression refused) {
        problems.add(exception.location(), refused.problem());
      } else if (analysis.orElse(null) instanceof BoundExpression bound && !bound.isCondition()) {
        problems.add(exception.location(), "gives no true or false; compare it with something");
      }
    }
  }
}
