package dev.loadstar.starschema.expression;

import dev.loadstar.tables.spark.Repeatability;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.catalyst.QueryPlanningTracker;
import org.apache.spark.sql.catalyst.analysis.Analyzer;
import org.apache.spark.sql.catalyst.analysis.FakeV2SessionCatalog$;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry$;
import org.apache.spark.sql.catalyst.analysis.RelationCache$;
import org.apache.spark.sql.catalyst.catalog.InMemoryCatalog;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.connector.catalog.CatalogManager;
import org.apache.spark.sql.internal.SQLConf;
import scala.Option;
import scala.collection.immutable.Nil$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Analyses Spark SQL over known columns by Spark's own analyzer, without a session: with the
 * functions that every session has, ANSI off, in UTC, as the product's sessions are. Thread safe.
 */
public final class Expressions {
  static final SQLConf CONF = conf();

  private Expressions() {}

  /** Made at first use: it loads a good part of Spark's classes. */
  private static final class Lazy {
    static final Analyzer ANALYZER =
        new Analyzer(
            new CatalogManager(
                FakeV2SessionCatalog$.MODULE$,
                new SessionCatalog(
                    new InMemoryCatalog(new SparkConf(false), new Configuration(false)),
                    FunctionRegistry$.MODULE$.builtin())),
            RelationCache$.MODULE$.empty());
  }

  /**
   * An expression whose value is kept: what is another value each time is refused.
   *
   * @param sql an expression over one row
   * @param scope what it may name
   */
  public static Analysis analyze(String sql, Scope scope) {
    return SQLConf.withExistingConf(CONF, () -> analyzed(sql, scope, true));
  }

  /** As {@link #analyze}, for what is asked once and not kept: it may look at the clock. */
  public static Analysis analyzeOnce(String sql, Scope scope) {
    return SQLConf.withExistingConf(CONF, () -> analyzed(sql, scope, false));
  }

  /**
   * The names of columns that an expression writes, as it spells them; empty where it does not
   * parse. Known without knowing any column.
   */
  public static Set<String> names(String sql) {
    return SQLConf.withExistingConf(CONF, () -> written(sql));
  }

  /**
   * Whether a row that has only some columns says what an expression asks for: it has all that are
   * named, where one part of a {@code coalesce} will do.
   *
   * @param columns case does not count
   */
  public static boolean isKnown(String sql, Collection<String> columns) {
    TreeSet<String> have = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    have.addAll(columns);
    return SQLConf.withExistingConf(
        CONF,
        () ->
            WrittenNames.isKnown(CatalystSqlParser$.MODULE$.parseExpression(sql), have::contains));
  }

  /** The columns of every {@code coalesce} of columns, in their order; constants beside them. */
  public static List<List<String>> alternatives(String sql) {
    return SQLConf.withExistingConf(
        CONF,
        () -> WrittenNames.alternatives(CatalystSqlParser$.MODULE$.parseExpression(sql)).toList());
  }

  private static Set<String> written(String sql) {
    try {
      return new TreeSet<>(WrittenNames.names(CatalystSqlParser$.MODULE$.parseExpression(sql)));
    } catch (Exception e) { // Scala throws the checked exception without declaring it
      if (e instanceof SparkThrowable) {
        return Set.of();
      }
      throw e;
    }
  }

  private static Analysis analyzed(String sql, Scope scope, boolean repeatable) {
    try {
      Expression parsed = CatalystSqlParser$.MODULE$.parseExpression(sql);
      Optional<String> moving = repeatable ? Repeatability.problem(sql) : Optional.empty();
      Optional<String> foreign = moving.or(() -> WrittenNames.problem(parsed, scope));
      if (foreign.isPresent()) {
        return new RefusedExpression(foreign.get());
      }
      Expression resolved = resolved(parsed, scope);
      Optional<String> changing = repeatable ? Repeatability.problem(resolved) : Optional.empty();
      if (changing.isPresent()) {
        return new RefusedExpression(changing.get());
      }
      List<String> named =
          CollectionConverters.asJava(resolved.references().toSeq()).stream()
              .map(NamedExpression::name)
              .toList();
      return new BoundExpression(
          sql,
          scope.everything().stream().filter(c -> named.contains(c.name())).toList(),
          resolved.dataType(),
          resolved.nullable());
    } catch (Exception e) { // Scala throws the checked exception without declaring it
      if (e instanceof SparkThrowable thrown) {
        return new RefusedExpression(AnalyzerWords.of(thrown, scope));
      }
      throw e;
    }
  }

  private static Expression resolved(Expression parsed, Scope scope) {
    Seq<AttributeReference> attributes =
        DataTypeUtils.toAttributes(SqlTypes.schema(scope.everything()));
    LogicalPlan row = new LocalRelation(seq(attributes), nothing(), false, Option.empty());
    NamedExpression value =
        new Alias(
            parsed,
            "value",
            NamedExpression$.MODULE$.newExprId(),
            nothing(),
            Option.empty(),
            nothing());
    LogicalPlan plan = new Project(seq(CollectionConverters.asScala(List.of(value)).toSeq()), row);
    LogicalPlan analyzed =
        Lazy.ANALYZER.executeAndCheck(plan, new QueryPlanningTracker(Option.empty()));
    return ((Alias) analyzed.expressions().head()).child();
  }

  /** A sequence does not change, so one of a narrower type will do. */
  @SuppressWarnings("unchecked")
  private static <T> Seq<T> seq(Seq<? extends T> narrow) {
    return (Seq<T>) narrow;
  }

  @SuppressWarnings("unchecked")
  private static <T> Seq<T> nothing() {
    return (Seq<T>) (Seq<?>) Nil$.MODULE$;
  }

  private static SQLConf conf() {
    SQLConf conf = new SQLConf();
    conf.setConfString("spark.sql.ansi.enabled", "false");
    conf.setConfString("spark.sql.session.timeZone", "UTC");
    return conf;
  }
}
