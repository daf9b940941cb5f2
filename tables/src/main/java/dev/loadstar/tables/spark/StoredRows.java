package dev.loadstar.tables.spark;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.DataFile;
import dev.loadstar.lake.parquet.RowFilter;
import dev.loadstar.lake.parquet.RowKeys;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.spark.local.LocalQueries;
import dev.loadstar.tables.spark.local.LocalQuery;
import dev.loadstar.tables.stored.ChangeSet;
import dev.loadstar.tables.stored.LakeTables;
import dev.loadstar.tables.stored.MergedTable;
import dev.loadstar.tables.stored.TableSearch;
import dev.loadstar.tables.stored.TableState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The rows of a table in its files, in whichever way costs least.
 *
 * @param hold keeps rows that are used several times
 */
record StoredRows(
    SparkSession spark, Lake lake, ReachableFiles files, UnaryOperator<Dataset<Row>> hold) {
  /** Up to so many rows, Spark's own source takes longer to begin than this one to read them. */
  private static final long PLAIN_ROWS = 20_000;

  static long count(Table table) {
    return ((TableState) table).sets().stream().mapToLong(ChangeSet::rows).sum();
  }

  /** The live rows whose columns are among the keys, or all. */
  Dataset<Row> live(Table table, Optional<Dataset<Row>> keys) {
    if (keys.isEmpty() || ((TableState) table).sets().isEmpty()) {
      return scanned(table, keys);
    }
    Dataset<Row> wanted = hold.apply(keys.get()); // several scans are narrowed by them
    Optional<List<Object[]>> found =
        TableSearch.knows(table)
            ? searched(table, wanted, (search, few) -> search.live(table, few))
            : Optional.empty();
    return found.isPresent() ? inMemory(table, found.get()) : scanned(table, Optional.of(wanted));
  }

  /** In the order of the shape; a search may answer more columns. */
  private Dataset<Row> inMemory(Table table, List<Object[]> rows) {
    return SparkRows.inMemory(spark, table.shape().plainColumns(), rows);
  }

  /** What a search finds of few keys; empty where they are many, or what has them. */
  private Optional<List<Object[]>> searched(
      Table table,
      Dataset<Row> keys,
      BiFunction<TableSearch, RowKeys, Optional<List<Object[]>>> find) {
    List<Column> columns = SparkTypes.columns(keys.schema());
    boolean alike =
        columns.stream()
            .allMatch(
                column ->
                    RowKeys.knows(column.type()) && table.shape().plainColumns().contains(column));
    if (!alike || LocalQueries.limit(spark) == 0) {
      return Optional.empty();
    }
    return SparkRows.plain(keys)
        .flatMap(
            few ->
                few.isEmpty()
                    ? Optional.of(List.of())
                    : find.apply(search(), RowKeys.of(columns, few)));
  }

  private TableSearch search() {
    return new TableSearch(files.open(), LocalQueries.limit(spark), LocalQuery.BYTES);
  }

  /** The same by Spark, which reads all rows. */
  private Dataset<Row> scanned(Table table, Optional<Dataset<Row>> keys) {
    TableState state = (TableState) table;
    List<ChangeSet> sets = state.sets();
    List<Column> columns = table.shape().plainColumns();
    if (sets.isEmpty()) {
      return spark.createDataFrame(List.of(), SparkTypes.schema(columns));
    }
    if (sets.size() == 1 && sets.get(0).deletes() == 0 && !state.hasReturned()) {
      return narrowed(files(columns, sets.get(0).files()), keys);
    }
    if (!state.sorted() || keys.isPresent() && !state.hasReturned()) {
      return merged(table.shape(), sets, keys);
    }
    int tasks = SparkTables.parts(count(table));
    MergedTable merged = LakeTables.merged(table, sets, columns);
    return narrowed(
        SparkRows.scan(spark, new MergedScan(files, merged, table.rows(), tasks)), keys);
  }

  /** See {@link SparkTables#written(Table, Table)}. */
  Optional<Dataset<Row>> written(Table before, Table after) {
    List<ChangeSet> sets = new ArrayList<>(((TableState) after).sets());
    if (!sets.containsAll(((TableState) before).sets())) {
      return Optional.empty();
    }
    sets.removeAll(((TableState) before).sets());
    List<Column> columns = new ArrayList<>(after.shape().plainColumns());
    columns.add(new Column(ChangeSet.OP, Simple.TEXT));
    List<DataFile> all = sets.stream().flatMap(set -> set.files().stream()).toList();
    Dataset<Row> rows =
        all.isEmpty()
            ? spark.createDataFrame(List.of(), SparkTypes.schema(columns))
            : files(columns, all);
    return Optional.of(
        rows.withColumn(SparkTables.GOES, col(ChangeSet.OP).equalTo(ChangeSet.DELETE))
            .drop(ChangeSet.OP));
  }

  /** The rows of all files, overtaken ones and those that went among them. */
  private Dataset<Row> everSaid(Table table) {
    List<DataFile> all =
        ((TableState) table).sets().stream().flatMap(set -> set.files().stream()).toList();
    List<Column> columns = table.shape().plainColumns();
    return all.isEmpty()
        ? spark.createDataFrame(List.of(), SparkTypes.schema(columns))
        : files(columns, all);
  }

  /** See {@link SparkTables#everSaid(Table, Dataset)}. */
  Dataset<Row> everSaid(Table table, Dataset<Row> keys) {
    Dataset<Row> wanted = hold.apply(keys);
    return searched(table, wanted, (search, few) -> search.everSaid(table, few))
        .map(rows -> inMemory(table, rows))
        .orElseGet(
            () ->
                wanted.isEmpty() // nothing is near nothing
                    ? inMemory(table, List.of())
                    : matching(
                        everSaid(table).filter(Spans.around(wanted, List.of(wanted.columns()))),
                        wanted));
  }

  /** See {@link SparkTables#everSaid(Table, String, Instant, Instant)}. */
  Dataset<Row> everSaid(Table table, String time, Instant from, Instant before) {
    Column column = table.shape().column(time).orElseThrow().plain();
    Optional<List<Object[]>> found =
        LocalQueries.limit(spark) == 0 || column.type() != Simple.TIMESTAMP
            ? Optional.empty()
            : search().everSaid(table, new RowFilter.Between(column, micros(from), micros(before)));
    return found
        .map(rows -> inMemory(table, rows))
        .orElseGet(
            () -> everSaid(table).filter(col(time).geq(lit(from)).and(col(time).lt(lit(before)))));
  }

  private static long micros(Instant time) {
    return Math.multiplyExact(time.getEpochSecond(), 1_000_000L) + time.getNano() / 1_000;
  }

  /** In one scan of all files, so that a plan does not grow with the nights. */
  private Dataset<Row> merged(TableShape shape, List<ChangeSet> sets, Optional<Dataset<Row>> keys) {
    List<DataFile> all = sets.stream().flatMap(set -> set.files().stream()).toList();
    List<Column> columns = shape.plainColumns();
    List<Column> stored = new ArrayList<>(columns);
    stored.add(new Column(ChangeSet.OP, Simple.TEXT));
    stored.add(new Column(ChangeSet.ORDER, Simple.BIGINT));
    org.apache.spark.sql.Column[] key = SparkTables.columns(shape.key());
    Dataset<Row> sorted =
        narrowed(files(stored, all), keys)
            .repartition(key)
            .sortWithinPartitions(
                Stream.concat(Stream.of(key), Stream.of(col(ChangeSet.ORDER).desc()))
                    .toArray(org.apache.spark.sql.Column[]::new));
    return SparkRows.mapPartitions(
        sorted, new NewestPartitionRows(columns, shape.key()), SparkTypes.schema(columns));
  }

  /** The rows whose columns are among the keys, in the order of the columns. */
  private Dataset<Row> narrowed(Dataset<Row> rows, Optional<Dataset<Row>> keys) {
    if (keys.isEmpty()) {
      return rows;
    }
    long n = keys.get().count();
    if (n == 0) {
      return spark.createDataFrame(List.of(), rows.schema());
    }
    return matching(rows, n <= SparkTables.BROADCAST_ROWS ? broadcast(keys.get()) : keys.get());
  }

  /** A join puts its columns first, and rows are merged by position. */
  private static Dataset<Row> matching(Dataset<Row> rows, Dataset<Row> keys) {
    return Joins.semi(rows, keys).select(SparkTables.columns(List.of(rows.columns())));
  }

  /** Files as they are. */
  Dataset<Row> files(List<Column> columns, List<DataFile> from) {
    long rows = from.stream().mapToLong(DataFile::rows).sum();
    if (rows <= Math.min(PLAIN_ROWS, LocalQueries.limit(spark))) {
      return SparkRows.scan(spark, new FilesScan(files, columns, from));
    }
    return spark
        .read()
        .schema(SparkTypes.schema(columns))
        .parquet(from.stream().map(f -> lake.files().uri(f.path())).toArray(String[]::new));
  }
}
