package dev.loadstar.tables.local;

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
 * Whether a query reads few rows, and asks for nothing that {@link Operators} does not know.
 *
 * @param limit how many are few
 */
record FewRows(long limit) {
  /** A row in a Parquet file is hardly ever shorter. */
  private static final long LEAST_BYTES = 16;

  boolean hold(LogicalPlan query) {
    OptionalLong read = read(query);
    return read.isPresent() && read.getAsLong() <= limit;
  }

  /** How many rows a query reads at most; empty when nobody knows or it cannot be answered here. */
  private OptionalLong read(LogicalPlan plan) {
    for (Expression expression : CollectionConverters.asJava(plan.expressions())) {
      if (SubqueryExpression.hasSubquery(expression)) {
        return OptionalLong.empty();
      }
    }
    if (CollectionConverters.asJava(plan.children()).isEmpty()) {
      return leaf(plan);
    }
    if (!isKnown(plan)) {
      return OptionalLong.empty();
    }
    long rows = 0;
    for (LogicalPlan child : CollectionConverters.asJava(plan.children())) {
      OptionalLong read = read(child);
      if (read.isEmpty() || rows + read.getAsLong() > limit) {
        return OptionalLong.empty();
      }
      rows += read.getAsLong();
    }
    return OptionalLong.of(rows);
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

  private static OptionalLong leaf(LogicalPlan leaf) {
    if (leaf instanceof LogicalRDD kept) {
      return kept.rdd() instanceof RowsInMemory rows
          ? OptionalLong.of(rows.rows().size())
          : OptionalLong.empty();
    }
    if (leaf instanceof LocalRelation local) {
      return OptionalLong.of(local.data().size());
    }
    if (leaf instanceof DataSourceV2ScanRelation table) {
      return table.scan() instanceof SupportsReportStatistics known
          ? known.estimateStatistics().numRows()
          : OptionalLong.empty();
    }
    if (leaf instanceof LogicalRelation files && files.relation() instanceof HadoopFsRelation f) {
      return FileRows.knows(f)
          ? OptionalLong.of(f.location().sizeInBytes() / LEAST_BYTES)
          : OptionalLong.empty();
    }
    return leaf instanceof OneRowRelation ? OptionalLong.of(1) : OptionalLong.empty();
  }
}
