package dev.loadstar.tables.spark.local;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.DeserializeToObject;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.MapPartitions;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionOperation;
import org.apache.spark.sql.catalyst.plans.logical.SerializeFromObject;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2ScanRelation;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Whether a query asks for nothing that {@link Operators} does not know, reads what one thread
 * reads in a moment, and holds few rows at a time.
 *
 * @param limit how many are few
 */
record FewRows(long limit) {
  /** A row in a Parquet file is hardly ever shorter. */
  private static final long LEAST_BYTES = 16;

  /** So many more rows may pass by than may be held. */
  private static final long PASSING = 2;

  /** What a row takes for each of its columns beside the value. */
  private static final long BYTES_PER_COLUMN = 8;

  /**
   * What a query does at most.
   *
   * @param read how many rows pass by
   * @param answered how many come out
   */
  record Size(long read, long answered) {
    private Size answering(long rows) {
      return new Size(read, Math.min(rows, answered));
    }

    private Size plus(Size other) {
      return new Size(read + other.read, answered + other.answered);
    }
  }

  /** Empty when the query is not one to be answered here. */
  Optional<Size> size(LogicalPlan plan) {
    for (Expression expression : CollectionConverters.asJava(plan.expressions())) {
      if (SubqueryExpression.hasSubquery(expression)) {
        return Optional.empty();
      }
    }
    List<LogicalPlan> children = CollectionConverters.asJava(plan.children());
    if (children.isEmpty()) {
      return leaf(plan).filter(size -> size.read <= limit * PASSING);
    }
    if (!isKnown(plan)) {
      return Optional.empty();
    }
    Size all = new Size(0, 0);
    for (LogicalPlan child : children) {
      Optional<Size> size = size(child);
      boolean held = plan instanceof Sort || isHeld(plan, child);
      if (size.isEmpty() || held && !isFew(size.get(), child)) {
        return Optional.empty();
      }
      all = all.plus(size.get());
    }
    return Optional.of(answered(plan, all)).filter(size -> size.read <= limit * PASSING);
  }

  /** Whether what a plan answers may be held. */
  boolean isFew(Size size, LogicalPlan plan) {
    long width =
        CollectionConverters.asJava(plan.output()).stream()
            .mapToLong(column -> BYTES_PER_COLUMN + column.dataType().defaultSize())
            .sum();
    return size.answered <= limit && size.answered <= LocalQuery.BYTES / Math.max(1, width);
  }

  private static boolean isHeld(LogicalPlan plan, LogicalPlan child) {
    return plan instanceof Join join && child == join.right()
        || plan instanceof Aggregate groups && !groups.groupingExpressions().isEmpty();
  }

  private static Size answered(LogicalPlan plan, Size all) {
    if (plan instanceof Aggregate groups && groups.groupingExpressions().isEmpty()) {
      return all.answering(1);
    }
    if (plan instanceof GlobalLimit first) {
      return all.answering((Integer) first.limitExpr().eval(null));
    }
    return all;
  }

  private static boolean isKnown(LogicalPlan plan) {
    if (plan instanceof Join join) {
      return HashJoin.knows(join);
    }
    if (plan instanceof Aggregate aggregate) {
      return Grouping.knows(aggregate);
    }
    return plan instanceof Project
        || plan instanceof Filter
        || plan instanceof Sort
        || plan instanceof Union
        || plan instanceof GlobalLimit
        || plan instanceof LocalLimit
        || plan instanceof RepartitionOperation
        || plan instanceof Expand
        || plan instanceof MapPartitions
        || plan instanceof DeserializeToObject
        || plan instanceof SerializeFromObject;
  }

  private static Optional<Size> leaf(LogicalPlan leaf) {
    if (leaf instanceof LogicalRDD kept) {
      return kept.rdd() instanceof RowsInMemory rows ? rows(rows.rows().size()) : Optional.empty();
    }
    if (leaf instanceof LocalRelation local) {
      return rows(local.data().size());
    }
    if (leaf instanceof DataSourceV2ScanRelation table) {
      OptionalLong rows =
          table.scan() instanceof SupportsReportStatistics known
              ? known.estimateStatistics().numRows()
              : OptionalLong.empty();
      return rows.isPresent() ? rows(rows.getAsLong()) : Optional.empty();
    }
    if (leaf instanceof LogicalRelation files && files.relation() instanceof HadoopFsRelation f) {
      return FileRows.knows(f) ? rows(f.location().sizeInBytes() / LEAST_BYTES) : Optional.empty();
    }
    return leaf instanceof OneRowRelation ? rows(1) : Optional.empty();
  }

  private static Optional<Size> rows(long n) {
    return Optional.of(new Size(n, n));
  }
}
