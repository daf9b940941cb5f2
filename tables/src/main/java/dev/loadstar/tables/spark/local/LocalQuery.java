package dev.loadstar.tables.spark.local;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
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

  /** Up to so many bytes are held of an answer, however few rows they are. */
  public static final long BYTES = 128L << 20;

  private final transient LogicalPlan query;
  private final boolean few;
  private final Seq<Attribute> output;

  /**
   * Public, since Spark copies plans by their constructors.
   *
   * @param few whether the rows of the answer are few, and not only those that are held for it
   */
  public LocalQuery(LogicalPlan query, Boolean few) {
    this.query = query;
    this.few = few;
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

  public boolean isFew() {
    return few;
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

  private List<UnsafeRow> all() {
    return first(Integer.MAX_VALUE);
  }

  /** All rows, to be kept; empty when they are more than so many, or long ones. */
  public Optional<List<UnsafeRow>> upTo(long limit) {
    return rows(
        rows -> {
          Copies copies = new Copies(output);
          List<UnsafeRow> all = new ArrayList<>();
          long bytes = 0;
          while (rows.hasNext()) {
            UnsafeRow row = copies.of(rows.next());
            bytes += row.getSizeInBytes();
            if (all.size() == limit || bytes > BYTES) {
              return Optional.empty();
            }
            all.add(row);
          }
          return Optional.of(all);
        });
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
    return 2;
  }

  @Override
  public Object productElement(int n) {
    return n == 0 ? query : (Object) few;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof LocalQuery;
  }
}
