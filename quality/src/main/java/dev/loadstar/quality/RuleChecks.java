package dev.loadstar.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
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
      Dataset<Row> rows = plan.rows(rule.subject()).filter(about);
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
      failing(rule, about, rows, col(check.column()).isNull());
    } else if (rule.check() instanceof QualityRule.AcceptedValues check) {
      Column text = col(check.column()).cast("string");
      failing(
          rule,
          about,
          rows,
          text.isNotNull().and(text.isin(check.values().toArray()).unary_$bang()));
    } else if (rule.check() instanceof QualityRule.Expression check) {
      failing(rule, about, rows, expr(check.condition()).eqNullSafe(false));
    } else if (rule.check() instanceof QualityRule.UnknownMembers check) {
      Column unknown = col(check.dimension() + "_key").equalTo(-1);
      rows.select(unknown);
      int failed = plan.scan(rule.subject(), count_if(about.and(unknown)));
      share(rule, check.share(), failed, rowsOf(rule, about));
    } else if (rule.check() instanceof QualityRule.RowCount check) {
      int count = rowsOf(rule, about);
      verdicts.add(f -> Verdicts.rowCount(rule, check.comparison(), f.count(count)));
    } else if (rule.check() instanceof QualityRule.Unique check) {
      share(rule, rule.allow(), plan.repeats(rows, check.columns()), rowsOf(rule, about));
    } else if (rule.check() instanceof QualityRule.Relationship check) {
      relationship(rule, check, about, rows);
    } else if (rule.check() instanceof QualityRule.Reconcile check) {
      reconcile(rule, check, rows);
    } else if (rule.check() instanceof QualityRule.NoRows check) {
      int found = plan.single(spark.sql("SELECT count(*) FROM (" + check.query() + "\n) AS found"));
      share(rule, rule.allow(), found, found);
    }
  }

  private void failing(QualityRule rule, Column about, Dataset<Row> rows, Column fails) {
    rows.select(fails);
    int failed = plan.scan(rule.subject(), count_if(about.and(fails)));
    share(rule, rule.allow(), failed, rowsOf(rule, about));
  }

  private int rowsOf(QualityRule rule, Column about) {
    return plan.scan(rule.subject(), count_if(about));
  }

  private void share(QualityRule rule, java.math.BigDecimal share, int failed, int of) {
    verdicts.add(f -> Verdicts.atMost(rule, share, f.count(failed), f.count(of)));
  }

  private void relationship(
      QualityRule rule, QualityRule.Relationship check, Column about, Dataset<Row> rows) {
    String found = "_lookup_" + lookups++;
    Dataset<Row> target =
        plan.rows(check.table())
            .select(col(check.targetColumn()).as(found))
            .filter(col(found).isNotNull())
            .distinct();
    rows.select(col(check.column()));
    plan.join(rule.subject(), target, col(check.column()).equalTo(col(found)));
    Column lost = col(check.column()).isNotNull().and(col(found).isNull());
    int failed = plan.scan(rule.subject(), count_if(about.and(lost)));
    share(rule, rule.allow(), failed, rowsOf(rule, about));
  }

  private void reconcile(QualityRule rule, QualityRule.Reconcile check, Dataset<Row> rows) {
    Dataset<Row> others = plan.rows(check.of());
    Dataset<Row> of = check.ofWhere().map(where -> others.filter(expr(where))).orElse(others);
    boolean all = rule.where().isEmpty() && rule.subject().startsWith("fact_");
    int ours = sum(rule.subject(), rows, check.measure(), all);
    int theirs = sum(check.of(), of, check.with(), check.ofWhere().isEmpty());
    verdicts.add(
        f -> Verdicts.reconcile(rule, check.tolerance(), f.number(ours), f.number(theirs)));
  }

  /** A sum over all rows of a table is taken in its one scan, one over some needs its own. */
  private int sum(String table, Dataset<Row> rows, String measure, boolean all) {
    Dataset<Row> figure = rows.agg(expr(measure).as("figure"));
    return all ? plan.scan(table, expr(measure)) : plan.single(figure);
  }
}
