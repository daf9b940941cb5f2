package dev.loadstar.tables.spark.local;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ReturnAnswer;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import org.apache.spark.sql.types.ObjectType;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Answers queries over few rows in the JVM that asks, without a job: planning jobs, compiling code
 * and moving rows through shuffles costs a small query far more than its rows. The plan and its
 * expressions stay Spark's own, so no rule is written twice; whatever is not known here, and
 * whatever is large, Spark answers as always.
 */
public final class LocalQueries extends SparkStrategy {
  private static final long serialVersionUID = 1L;

  private final long rows;

  private LocalQueries(long rows) {
    this.rows = rows;
  }

  /**
   * @param rows up to how many a query may hold, and twice as many read; none with 0
   */
  public static void answer(SparkSession session, long rows) {
    List<SparkStrategy> strategies = rows == 0 ? List.of() : List.of(new LocalQueries(rows));
    ((org.apache.spark.sql.classic.SparkSession) session)
        .experimental()
        .extraStrategies_$eq(CollectionConverters.asScala(strategies).toSeq());
  }

  /** Up to how many rows a query of the session may hold to be answered here; none with 0. */
  public static long limit(SparkSession session) {
    return CollectionConverters.asJava(
            ((org.apache.spark.sql.classic.SparkSession) session).experimental().extraStrategies())
        .stream()
        .filter(LocalQueries.class::isInstance)
        .mapToLong(local -> ((LocalQueries) local).rows)
        .findFirst()
        .orElse(0);
  }

  /** The same rows, asked of Spark. */
  public static Dataset<Row> never(Dataset<Row> rows) {
    org.apache.spark.sql.classic.Dataset<Row> own =
        (org.apache.spark.sql.classic.Dataset<Row>) rows;
    org.apache.spark.sql.classic.SparkSession other = own.sparkSession().cloneSession();
    answer(other, 0);
    return org.apache.spark.sql.classic.Dataset.ofRows(other, own.logicalPlan());
  }

  /** The query if it is one that is answered here. */
  public static Optional<LocalQuery> of(Dataset<Row> rows) {
    SparkPlan plan =
        ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().executedPlan();
    return plan instanceof LocalQuery local ? Optional.of(local) : Optional.empty();
  }

  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    boolean whole = plan instanceof ReturnAnswer;
    LogicalPlan query = plan instanceof ReturnAnswer answer ? answer.child() : plan;
    if (CollectionConverters.asJava(query.output()).stream()
        .anyMatch(column -> column.dataType() instanceof ObjectType)) {
      return CollectionConverters.asScala(List.<SparkPlan>of()).toSeq(); // they cannot be kept
    }
    FewRows few = new FewRows(rows);
    Optional<FewRows.Size> size = few.size(query);
    // A part of a larger query is held until a job takes it along.
    List<SparkPlan> answer =
        size.filter(s -> whole || few.isFew(s, query))
            .<List<SparkPlan>>map(s -> List.of(new LocalQuery(query, few.isFew(s, query))))
            .orElse(List.of());
    return CollectionConverters.asScala(answer).toSeq();
  }
}
