package dev.loadstar.quality;

import static org.apache.spark.sql.functions.col;

import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.project.ProjectFolder;
import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.core.quality.StarVerdict;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.core.yaml.Suggestion;
import dev.loadstar.core.yaml.YamlNode;
import dev.loadstar.tables.spark.StarRows;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * {@code quality.yaml}, and the checks that every star gets without it. First everything is
 * measured, in one Spark job, then judged; verdicts hold counts and sums, never a row's value.
 * Immutable, thread safe, except that rules of the kind {@code sql} register the star's tables as
 * temporary views of the session while they are measured.
 */
public final class QualityRules {
  private final List<QualityRule> rules;

  private QualityRules(List<QualityRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * Reads {@code quality.yaml} or {@code quality/*.yaml}; a project may have none. What is wrong
   * goes to the folder's problems, and the answer is empty then.
   *
   * @param tables of the star, for example {@code dim_customer}
   * @param entities of the sources
   */
  public static Optional<QualityRules> read(
      ProjectFolder folder, Set<String> tables, Set<EntityName> entities) {
    int before = folder.problems().count();
    Set<String> subjects = new TreeSet<>(tables);
    entities.forEach(entity -> subjects.add(entity.toString()));
    List<QualityRule> rules = new ArrayList<>();
    for (ProjectFolder.Named entry : folder.readEntries("quality", false)) {
      String subject = entry.name();
      if (!subjects.contains(subject)) {
        String kind = RuleReader.isEntity(subject) ? "entity" : "table";
        folder
            .problems()
            .add(
                entry.location(),
                "unknown %s \"%s\"%s"
                    .formatted(kind, subject, Suggestion.among(subject, subjects)));
      }
      RuleReader reader = new RuleReader(subject, subjects);
      entry
          .node()
          .asList()
          .ifPresent(
              list ->
                  list.items().stream()
                      .map(YamlNode::asMap)
                      .flatMap(Optional::stream)
                      .forEach(map -> rules.addAll(reader.read(map))));
    }
    return folder.problems().count() > before
        ? Optional.empty()
        : Optional.of(new QualityRules(rules));
  }

  /**
   * Adds a problem for every rule that names what its rows do not have. Sums and queries are judged
   * only when they are measured.
   */
  public void checkNames(RowNames names, Problems problems) {
    rules.forEach(
        rule ->
            rule.rowExpressions()
                .forEach(
                    (expression, subject) ->
                        names
                            .problem(subject, expression)
                            .ifPresent(found -> problems.add(rule.location(), found))));
  }

  /** Entities with rules of their own, for {@link #checkEntities}. */
  public Set<EntityName> entities() {
    return rules.stream()
        .map(QualityRule::subject)
        .filter(RuleReader::isEntity)
        .map(EntityName::parse)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Entities that rules of the star reconcile with: {@link #checkStar} asks for them by name. */
  public Set<EntityName> entitiesOfStar() {
    return rules.stream()
        .filter(rule -> !RuleReader.isEntity(rule.subject()))
        .map(QualityRule::check)
        .filter(QualityRule.Reconcile.class::isInstance)
        .map(check -> ((QualityRule.Reconcile) check).of())
        .filter(RuleReader::isEntity)
        .map(EntityName::parse)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Measures and judges a candidate star: the standing checks and the rules of its tables.
   *
   * @param star every published table
   * @param rows gives the rows of a table, or of an entity of {@link #entitiesOfStar()}, by name;
   *     null when it has none
   * @param before the figures of the star that the rows' changes are to
   * @throws LoadException {@code CONFIGURATION_INVALID} when a rule names a column that is not
   *     there
   */
  public StarVerdict checkStar(
      SparkSession spark, List<CheckedTable> star, StarRows rows, Map<String, BigDecimal> before) {
    Map<String, CheckedTable> byName = new LinkedHashMap<>();
    star.forEach(table -> byName.put(table.name(), table));
    StarRows known = new RememberedRows(rows);
    FigureBook book = new FigureBook(before);
    MeasurePlan plan = new MeasurePlan(known, book);
    Verdicts verdicts = new Verdicts();
    StandingChecks standing = new StandingChecks(plan, verdicts, byName);
    star.forEach(standing::add);
    boolean views = rules.stream().anyMatch(rule -> rule.check() instanceof QualityRule.NoRows);
    try {
      if (views) {
        byName.keySet().forEach(name -> known.all(name).createOrReplaceTempView(name));
      }
      RuleChecks checks = new RuleChecks(spark, plan, verdicts);
      for (QualityRule rule : rules) {
        CheckedTable table = byName.get(rule.subject());
        if (table != null) {
          checks.add(rule, specialRows(table));
        }
      }
      List<QualityResult> results = verdicts.judge(plan.measure());
      return new StarVerdict(results, book.after());
    } finally {
      if (views) {
        byName.keySet().forEach(name -> spark.catalog().dropTempView(name));
      }
    }
  }

  /**
   * Measures and judges the rules of entities after transform.
   *
   * @param entities the processed rows of a night; rules of others are left alone
   * @throws LoadException {@code CONFIGURATION_INVALID} when a rule names a column that is not
   *     there
   */
  public List<QualityResult> checkEntities(
      SparkSession spark, Map<EntityName, Dataset<Row>> entities) {
    Map<String, Dataset<Row>> byName = new HashMap<>();
    entities.forEach((entity, rows) -> byName.put(entity.toString(), rows));
    MeasurePlan plan = new MeasurePlan(new RememberedRows(byName::get), new FigureBook(Map.of()));
    Verdicts verdicts = new Verdicts();
    RuleChecks checks = new RuleChecks(spark, plan, verdicts);
    rules.stream()
        .filter(rule -> byName.containsKey(rule.subject()))
        .forEach(rule -> checks.add(rule, Optional.empty()));
    return verdicts.judge(plan.measure());
  }

  /** Rules are about members, not about the rows Unknown and Not applicable. */
  private static Optional<Column> specialRows(CheckedTable table) {
    return table.kind() == CheckedTable.Kind.DIMENSION
        ? Optional.of(col(table.key()).lt(0))
        : Optional.empty();
  }
}
