package dev.loadstar.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.quality.QualityResult.Looked;
import dev.loadstar.tables.spark.Repeatability;
import dev.loadstar.tables.spark.SparkRows;
import dev.loadstar.tables.spark.SparkTables;
import java.math.BigDecimal;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Turns written rules into measures and the judging of them. */
final class RuleChecks {
  private final SparkSession spark;
  private final MeasurePlan plan;
  private final Verdicts verdicts;
  private int lookups;

  RuleChecks(SparkSession spark, MeasurePlan plan, Verdicts verdicts) {
    this.spark = spark;
    this.plan = plan;
    this.verdicts = verdicts;
  }

  /**
   * @param special the condition of rows that no rule is about, such as the unknown member
   * @throws LoadException {@code CONFIGURATION_INVALID} when the rule names what is not there
   */
  void add(QualityRule rule, Optional<Column> special) {
    try {
      Column ours = rule.where().map(where -> expr(where)).orElse(lit(true));
      Column about = special.map(s -> s.unary_$bang().and(ours)).orElse(ours);
      // Analysed here, so that a mistake is told with the rule that makes it.
      Dataset<Row> rows = plan.like(rule.subject());
      rows.filter(about);
      add(rule, about, rows);
    } catch (Exception e) {
      if (e instanceof AnalysisException) {
        throw new LoadException(
            ErrorCode.CONFIGURATION_INVALID,
            "%s: Cannot check %s: the rule \"%s\" names a column or function that is not there. Correct the rule."
                .formatted(rule.location(), rule.subject(), rule.name()),
            e);
      }
      throw e;
    }
  }

  private void add(QualityRule rule, Column about, Dataset<Row> rows) {
    if (rule.check() instanceof QualityRule.NotNull check) {
      failing(rule, about, rows, col(check.column()).isNull(), check.toString());
    } else if (rule.check() instanceof QualityRule.AcceptedValues check) {
      Column text = col(check.column()).cast("string");
      Column other = text.isNotNull().and(text.isin(check.values().toArray()).unary_$bang());
      failing(rule, about, rows, other, check.toString());
    } else if (rule.check() instanceof QualityRule.Expression check) {
      failing(rule, about, rows, expr(check.condition()).eqNullSafe(false), check.toString());
    } else if (rule.check() instanceof QualityRule.UnknownMembers check) {
      Column unknown = col(check.dimension() + "_key").equalTo(-1);
      share(
          rule,
          check.share(),
          count(rule, about, rows, unknown, check.toString()),
          rowsOf(rule, about, rows));
    } else if (rule.check() instanceof QualityRule.RowCount check) {
      FollowedFigure count = rowsOf(rule, about, rows);
      verdicts.add(
          f -> Verdicts.rowCount(rule, check.comparison(), f.count(count.slot()), count.looked()));
    } else if (rule.check() instanceof QualityRule.Unique check) {
      FollowedFigure repeats =
          FollowedFigure.ofAll(plan.repeats(all(rule, about), check.columns()));
      rows.select(SparkTables.columns(check.columns()));
      share(rule, rule.allow(), repeats, rowsOf(rule, about, rows));
    } else if (rule.check() instanceof QualityRule.Relationship check) {
      relationship(rule, check, about, rows);
    } else if (rule.check() instanceof QualityRule.Reconcile check) {
      reconcile(rule, check, about, rows);
    } else if (rule.check() instanceof QualityRule.NoRows check) {
      int found = plan.single(spark.sql("SELECT count(*) FROM (" + check.query() + "\n) AS found"));
      share(rule, rule.allow(), FollowedFigure.ofAll(found), FollowedFigure.ofAll(found));
    }
  }

  private void failing(
      QualityRule rule, Column about, Dataset<Row> rows, Column fails, String what) {
    share(rule, rule.allow(), count(rule, about, rows, fails, what), rowsOf(rule, about, rows));
  }

  private FollowedFigure rowsOf(QualityRule rule, Column about, Dataset<Row> rows) {
    return count(rule, about, rows, lit(true), "rows");
  }

  /**
   * Rows that a rule is about and of which something holds.
   *
   * @param what the same in words, by which the next star finds the figure
   */
  private FollowedFigure count(
      QualityRule rule, Column about, Dataset<Row> rows, Column holds, String what) {
    String where = rule.where().orElse("");
    boolean follows =
        isRepeatable(where)
            && isRepeatable(what)
            && SparkRows.followRows(rows.select(about.as("about"), holds.as("holds")));
    String figure = "count of " + what + " where " + where;
    return plan.follow(rule.subject(), figure, count_if(about.and(holds)), follows);
  }

  /** The parser itself puts the time of the call in the place of some words. */
  private static boolean isRepeatable(String sql) {
    return Repeatability.problem(sql).isEmpty();
  }

  private Dataset<Row> all(QualityRule rule, Column about) {
    return plan.star().all(rule.subject()).filter(about);
  }

  private void share(QualityRule rule, BigDecimal share, FollowedFigure failed, FollowedFigure of) {
    verdicts.add(
        f ->
            Verdicts.atMost(
                rule, share, f.count(failed.slot()), f.count(of.slot()), failed.looked()));
  }

  /** In full: a row that came to the other table may mend one here, and one that went may break. */
  private void relationship(
      QualityRule rule, QualityRule.Relationship check, Column about, Dataset<Row> rows) {
    String found = "_lookup_" + lookups++;
    Dataset<Row> target =
        plan.star()
            .all(check.table())
            .select(col(check.targetColumn()).as(found))
            .filter(col(found).isNotNull())
            .distinct();
    rows.select(col(check.column()));
    MeasurePlan.Scan scan = plan.all(rule.subject());
    scan.join(target, col(check.column()).equalTo(col(found)));
    Column lost = col(check.column()).isNotNull().and(col(found).isNull());
    int failed = plan.measure(scan, count_if(about.and(lost)));
    share(rule, rule.allow(), FollowedFigure.ofAll(failed), rowsOf(rule, about, rows));
  }

  private void reconcile(
      QualityRule rule, QualityRule.Reconcile check, Column about, Dataset<Row> rows) {
    Dataset<Row> others = plan.like(check.of());
    Column ofWhere = check.ofWhere().map(where -> expr(where)).orElse(lit(true));
    others.filter(ofWhere);
    FollowedFigure ours =
        sum(rule.subject(), check.measure(), about, rule.where().orElse(""), rows);
    FollowedFigure theirs =
        sum(check.of(), check.with(), ofWhere, check.ofWhere().orElse(""), others);
    Looked looked = theirs.followed() ? ours.looked() : Looked.ALL;
    verdicts.add(
        f ->
            Verdicts.reconcile(
                rule, check.tolerance(), f.number(ours.slot()), f.number(theirs.slot()), looked));
  }

  /** A sum that follows is taken in the table's one scan, any other by a query of its own. */
  private FollowedFigure sum(
      String table, String measure, Column about, String where, Dataset<Row> rows) {
    Dataset<Row> figure = rows.filter(about).agg(expr(measure).as("figure"));
    Optional<Column> added = AddedUp.of(measure, about);
    boolean follows =
        added.isPresent()
            && isRepeatable(where)
            && isRepeatable(measure)
            && AddedUp.isExact(figure.schema().fields()[0].dataType())
            && SparkRows.followRows(rows.select(about.as("about")))
            && SparkRows.followRows(rows.select(expr(AddedUp.summand(measure)).as("summand")));
    return follows && !RuleReader.isEntity(table)
        ? plan.follow(table, "sum of " + measure + " where " + where, added.get(), true)
        : FollowedFigure.ofAll(
            plan.single(plan.star().all(table).filter(about).agg(expr(measure).as("figure"))));
  }
}
