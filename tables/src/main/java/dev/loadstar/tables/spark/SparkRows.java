package dev.loadstar.tables.spark;

import static dev.loadstar.tables.spark.local.LocalQuery.copies;

import dev.loadstar.core.type.Column;
import dev.loadstar.tables.spark.local.LocalQueries;
import dev.loadstar.tables.spark.local.LocalQuery;
import dev.loadstar.tables.spark.local.RowsInMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.Statistics;
import org.apache.spark.sql.catalyst.plans.physical.UnknownPartitioning;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.execution.LogicalRDD$;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Beside {@code local}, the one place that uses Spark's own rows and plans. */
public final class SparkRows {
  private SparkRows() {}

  private static org.apache.spark.sql.classic.Dataset<Row> own(Dataset<Row> rows) {
    return (org.apache.spark.sql.classic.Dataset<Row>) rows;
  }

  /** The rows as Spark holds them; each is valid until the next. */
  static JavaRDD<InternalRow> of(Dataset<Row> rows) {
    boolean many = LocalQueries.of(rows).filter(query -> !query.isFew()).isPresent();
    return own(many ? LocalQueries.never(rows) : rows).queryExecution().toRdd().toJavaRDD();
  }

  /** Whether a query is answered without a job, so that nothing is gained by asking two at once. */
  public static boolean areFew(Dataset<Row> rows) {
    return few(rows).isPresent();
  }

  private static Optional<LocalQuery> few(Dataset<Row> rows) {
    return LocalQueries.of(rows).filter(LocalQuery::isFew);
  }

  /**
   * Whether what was selected gives the same for a row whenever it is asked and whatever stands in
   * other rows.
   */
  public static boolean followRows(Dataset<Row> selected) {
    return CollectionConverters.asJava(own(selected).queryExecution().analyzed().expressions())
        .stream()
        .allMatch(e -> Repeatability.problem(e).isEmpty() && !SubqueryExpression.hasSubquery(e));
  }

  /**
   * Computes rows and keeps them: few in the memory of who asks, so that queries over them need no
   * job; others where they were computed.
   */
  static HeldRows held(Dataset<Row> rows) {
    return held(rows, all -> all);
  }

  /**
   * The same for what a function answers for each partition.
   *
   * @param through answers rows of the same columns
   */
  static HeldRows held(
      Dataset<Row> rows, FlatMapFunction<java.util.Iterator<InternalRow>, InternalRow> through) {
    long limit = LocalQueries.limit(rows.sparkSession());
    Seq<Attribute> columns = own(rows).logicalPlan().output();
    Optional<List<UnsafeRow>> few = LocalQueries.of(rows).flatMap(query -> query.upTo(limit));
    if (few.isPresent()) {
      return inMemory(rows, throughAll(through, few.get(), columns));
    }
    StructType schema = rows.schema();
    JavaRDD<PackedRows> kept =
        of(rows)
            .mapPartitions(part -> PackedRows.pack(through.call(part), schema))
            .persist(StorageLevel.MEMORY_AND_DISK());
    JavaRDD<InternalRow> unpacked = kept.mapPartitions(PackedRows::unpack);
    boolean small = areFew(kept, limit); // which computes them
    if (limit > 0 && small) {
      List<UnsafeRow> all = new ArrayList<>();
      PackedRows.unpack(kept.collect().iterator())
          .forEachRemaining(row -> all.add((UnsafeRow) row.copy()));
      kept.unpersist(false);
      return inMemory(rows, all);
    }
    LogicalRDD plan = LogicalRDD$.MODULE$.fromDataset(unpacked.rdd(), own(rows), false);
    return new HeldRows(
        org.apache.spark.sql.classic.Dataset.ofRows(own(rows).sparkSession(), plan),
        () -> kept.unpersist(false));
  }

  private static List<UnsafeRow> throughAll(
      FlatMapFunction<java.util.Iterator<InternalRow>, InternalRow> through,
      List<UnsafeRow> rows,
      Seq<Attribute> columns) {
    try {
      return copies(through.call(List.<InternalRow>copyOf(rows).iterator()), columns);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("cannot go through rows", e);
    }
  }

  private static boolean areFew(JavaRDD<PackedRows> kept, long limit) {
    long[] size =
        kept.aggregate(
            new long[2],
            (sum, piece) -> {
              sum[0] += piece.rows();
              sum[1] += piece.size();
              return sum;
            },
            (a, b) -> new long[] {a[0] + b[0], a[1] + b[1]});
    return size[0] <= limit && size[1] <= LocalQuery.BYTES;
  }

  /** Rows under the names that they had in the plan that they come from. */
  private static HeldRows inMemory(Dataset<Row> plan, List<UnsafeRow> rows) {
    RowsInMemory all = inMemory(own(plan).sparkSession(), rows);
    return new HeldRows(
        plan(own(plan).sparkSession(), own(plan).logicalPlan().output(), all, all.size()),
        () -> {});
  }

  /** Few plain rows as Spark's, in the memory of who asks. */
  static Dataset<Row> inMemory(SparkSession session, List<Column> columns, List<Object[]> rows) {
    StructType schema = SparkTypes.schema(columns);
    PlainRows plain = new PlainRows(columns);
    RowsInMemory all =
        inMemory(
            (org.apache.spark.sql.classic.SparkSession) session,
            copies(rows.stream().map(plain::write).iterator(), attributes(schema)));
    return plan(
        (org.apache.spark.sql.classic.SparkSession) session, attributes(schema), all, all.size());
  }

  /**
   * Rows as plain ones, if they are in the memory of who asks.
   *
   * @param rows with columns of a lake's types alone
   */
  static Optional<List<Object[]>> plain(Dataset<Row> rows) {
    return few(rows).map(query -> query.rows(all -> plain(rows, all)));
  }

  private static List<Object[]> plain(Dataset<Row> rows, java.util.Iterator<InternalRow> all) {
    PlainRows plain = new PlainRows(SparkTypes.columns(rows.schema()));
    List<Object[]> read = new ArrayList<>();
    all.forEachRemaining(row -> read.add(plain.read(row)));
    return read;
  }

  /**
   * Few rows as plain ones; Spark's own way compiles code first, to make objects of them.
   *
   * @param rows with columns of a lake's types alone
   */
  public static List<Object[]> collected(Dataset<Row> rows) {
    InternalRow[] all = own(rows).queryExecution().executedPlan().executeCollect();
    return plain(rows, List.of(all).iterator());
  }

  private static RowsInMemory inMemory(
      org.apache.spark.sql.classic.SparkSession session, List<UnsafeRow> rows) {
    return new RowsInMemory(session.sparkContext(), rows);
  }

  private static Dataset<Row> plan(
      org.apache.spark.sql.classic.SparkSession session,
      Seq<Attribute> columns,
      RDD<InternalRow> rows,
      Statistics size) {
    LogicalRDD plan =
        new LogicalRDD(
            columns,
            rows,
            new UnknownPartitioning(0),
            CollectionConverters.asScala(List.<SortOrder>of()).toSeq(),
            false,
            Option.empty(),
            session,
            Option.apply(size),
            Option.empty());
    return org.apache.spark.sql.classic.Dataset.ofRows(session, plan);
  }

  /** Rows that stay where the last shuffle put them, so that they can be read again from there. */
  static Dataset<Row> lying(Dataset<Row> shuffled) {
    if (few(shuffled).isPresent()) {
      return held(shuffled).rows();
    }
    LogicalRDD plan =
        LogicalRDD$.MODULE$.fromDataset(
            own(shuffled).queryExecution().toRdd(), own(shuffled), false);
    return org.apache.spark.sql.classic.Dataset.ofRows(own(shuffled).sparkSession(), plan);
  }

  /** Computes what a shuffle sends; whoever reads the rows afterwards finds it there. */
  static void shuffle(Dataset<Row> lying) {
    if (few(lying).isPresent()) {
      return; // they never went anywhere
    }
    of(lying)
        .mapPartitions(part -> List.<Integer>of().iterator())
        .collectPartitions(new int[] {0}); // the least that makes the stages before it run
  }

  /** What a function answers for each partition, in their order. */
  static <T> List<T> partitions(
      Dataset<Row> rows,
      Function2<Integer, java.util.Iterator<InternalRow>, java.util.Iterator<T>> function) {
    Optional<LocalQuery> few = few(rows);
    if (few.isEmpty()) {
      return of(rows).mapPartitionsWithIndex(function, false).collect();
    }
    return few.get()
        .rows(
            all -> {
              List<T> answers = new ArrayList<>();
              function.call(0, all).forEachRemaining(answers::add);
              return answers;
            });
  }

  /**
   * Applies a function of plain rows to each partition. Narrow.
   *
   * @param rows with columns of a lake's types alone
   * @param to the columns of the function's answers
   */
  public static Dataset<Row> map(Dataset<Row> rows, List<Column> to, RowsFunction function) {
    List<Column> from = SparkTypes.columns(rows.schema());
    return mapPartitions(rows, new PlainPartition(from, to, function), SparkTypes.schema(to));
  }

  /** Narrow; keeps what the planner knows of the size. */
  static Dataset<Row> mapPartitions(
      Dataset<Row> rows,
      FlatMapFunction<java.util.Iterator<InternalRow>, InternalRow> function,
      StructType schema) {
    Optional<LocalQuery> few = few(rows);
    if (few.isPresent()) {
      RowsInMemory mapped =
          inMemory(
              own(rows).sparkSession(),
              few.get().rows(all -> copies(function.call(all), attributes(schema))));
      return plan(own(rows).sparkSession(), attributes(schema), mapped, mapped.size());
    }
    return plan(
        own(rows).sparkSession(),
        attributes(schema),
        of(rows).mapPartitions(function).rdd().setName(function.toString()),
        own(rows).queryExecution().optimizedPlan().stats());
  }

  @SuppressWarnings("unchecked") // Scala's sequences are covariant, Java does not know
  private static Seq<Attribute> attributes(StructType schema) {
    return (Seq<Attribute>) (Seq<?>) DataTypeUtils.toAttributes(schema);
  }

  static Dataset<Row> scan(SparkSession session, Table table) {
    return org.apache.spark.sql.classic.Dataset.ofRows(
        (org.apache.spark.sql.classic.SparkSession) session,
        DataSourceV2Relation.create(table, Option.empty(), Option.empty()));
  }
}
