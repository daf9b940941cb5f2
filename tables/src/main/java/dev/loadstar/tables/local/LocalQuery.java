package dev.loadstar.tables.local;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.SparkPlan;
import scala.Tuple2;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** A query, or a part of one, that is answered where it is asked. */
public final class LocalQuery extends SparkPlan {
  private static final long serialVersionUID = 1L;

  private final transient LogicalPlan query;
  private final Seq<Attribute> output;

  /** Public, since Spark copies plans by their constructors. */
  public LocalQuery(LogicalPlan query) {
    this.query = query;
    this.output = query.output();
  }

  /**
   * Does something with the rows of a query.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  public interface Use<T> {
    /**
     * @param rows each valid until the next
     */
    T of(Iterator<InternalRow> rows) throws Exception;
  }

  /** Runs the query. */
  public <T> T rows(Use<T> use) {
    try (Operators operators = new Operators(session())) {
      return use.of(operators.rows(query));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("cannot use the rows of a query", e);
    }
  }

  /** All rows, to be kept. */
  public List<UnsafeRow> all() {
    return first(Integer.MAX_VALUE);
  }

  private List<UnsafeRow> first(int n) {
    return rows(rows -> copies(rows, output, n));
  }

  /** Rows to be kept. */
  public static List<UnsafeRow> copies(Iterator<InternalRow> rows, Seq<Attribute> columns) {
    return copies(rows, columns, Integer.MAX_VALUE);
  }

  private static List<UnsafeRow> copies(Iterator<InternalRow> rows, Seq<Attribute> columns, int n) {
    Copies copies = new Copies(columns);
    List<UnsafeRow> all = new ArrayList<>();
    while (all.size() < n && rows.hasNext()) {
      all.add(copies.of(rows.next()));
    }
    return all;
  }

  @Override
  public Seq<Attribute> output() {
    return output;
  }

  @Override
  public RDD<InternalRow> doExecute() {
    return new RowsInMemory(session().sparkContext(), all());
  }

  @Override
  public InternalRow[] executeCollect() {
    return all().toArray(InternalRow[]::new);
  }

  @Override
  public InternalRow[] executeTake(int n) {
    return first(n).toArray(InternalRow[]::new);
  }

  @Override
  public scala.collection.Iterator<InternalRow> executeToIterator() {
    return CollectionConverters.asScala(List.<InternalRow>copyOf(all()).iterator());
  }

  @Override
  public Tuple2<Object, scala.collection.Iterator<InternalRow>> executeCollectIterator() {
    List<UnsafeRow> all = all();
    return new Tuple2<>(
        (long) all.size(), CollectionConverters.asScala(List.<InternalRow>copyOf(all).iterator()));
  }

  @Override
  public Seq<SparkPlan> children() {
    return CollectionConverters.asScala(List.<SparkPlan>of()).toSeq();
  }

  @Override
  public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> children) {
    return this;
  }

  @Override
  public String nodeName() {
    return "LocalQuery";
  }

  @Override
  public int productArity() {
    return 1;
  }

  @Override
  public Object productElement(int n) {
    return query;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof LocalQuery;
  }
}
