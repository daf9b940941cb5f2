package dev.loadstar.tables.spark.local;

import java.util.List;
import org.apache.spark.Dependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.Statistics;
import scala.Option;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.math.BigInt;
import scala.reflect.ClassTag$;

/** Few rows in the memory of who asks, which a job takes with it when it wants them. */
public final class RowsInMemory extends RDD<InternalRow> {
  private static final long serialVersionUID = 1L;

  private final transient List<UnsafeRow> rows;

  public RowsInMemory(SparkContext context, List<UnsafeRow> rows) {
    super(
        context,
        CollectionConverters.asScala(List.<Dependency<?>>of()).toSeq(),
        ClassTag$.MODULE$.apply(InternalRow.class));
    this.rows = rows;
  }

  /** Only where it was made. */
  public List<UnsafeRow> rows() {
    return rows;
  }

  /** What the planner asks of them. */
  public Statistics size() {
    long bytes = rows.stream().mapToLong(UnsafeRow::getSizeInBytes).sum();
    return new Statistics(
        BigInt.apply(bytes),
        Option.apply(BigInt.apply(rows.size())),
        Statistics.apply$default$3(),
        false);
  }

  private static final class Part implements Partition {
    private static final long serialVersionUID = 1L;

    private final UnsafeRow[] rows;

    Part(List<UnsafeRow> rows) {
      this.rows = rows.toArray(UnsafeRow[]::new);
    }

    @Override
    public int index() {
      return 0;
    }
  }

  @Override
  public Partition[] getPartitions() {
    return new Partition[] {new Part(rows)};
  }

  @Override
  public Iterator<InternalRow> compute(Partition part, TaskContext context) {
    return CollectionConverters.asScala(List.<InternalRow>of(((Part) part).rows).iterator());
  }
}
