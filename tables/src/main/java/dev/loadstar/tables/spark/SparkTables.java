package dev.loadstar.tables.spark;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.DataFile;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.stored.ChangeSet;
import dev.loadstar.tables.stored.LakeAttempt;
import dev.loadstar.tables.stored.LakeTables;
import dev.loadstar.tables.stored.MergedTable;
import dev.loadstar.tables.stored.TableState;
import dev.loadstar.tables.stored.WrittenRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Lets Spark read the tables of a lake and write those of an attempt. Thread safe; closing lets go
 * of what was held.
 */
public final class SparkTables implements AutoCloseable {
  /** Up to so many rows a side of a join is sent to every executor. */
  public static final long BROADCAST_ROWS = 500_000;

  /** Up to so many rows, reading all is cheaper than finding out what to read. */
  public static final long SMALL_ROWS = 200_000;

  /** A job that writes a table is described by this and the table's name. */
  public static final String WRITES = "write ";

  private static final String DESCRIPTION = "spark.job.description";

  /** BOOLEAN: whether a row says that its key goes. Not stored. */
  public static final String GOES = "_goes";

  private static final long ROWS_PER_TASK = 250_000;
  private static final int MAX_TASKS = 64;

  private final SparkSession spark;
  private final Lake lake;
  private final LakeAttempt attempt;
  private final ReachableFiles files;
  private final long smallRows;
  private final List<Dataset<Row>> held = new CopyOnWriteArrayList<>();

  /**
   * @param smallRows {@link #SMALL_ROWS}, but for tests
   */
  public SparkTables(SparkSession spark, LakeTables tables, LakeAttempt attempt, long smallRows) {
    this.spark = spark;
    this.lake = tables.lake();
    this.attempt = attempt;
    this.files = ReachableFiles.of(lake.files());
    this.smallRows = smallRows;
  }

  /** All live rows with the shape's columns. */
  public Dataset<Row> read(Table table) {
    return read(table, Optional.empty());
  }

  /** At least the live rows whose columns are among {@code keys}; of a small table all. */
  public Dataset<Row> read(Table table, Dataset<Row> keys) {
    return read(table, Optional.of(keys).filter(k -> !small(List.of(table))));
  }

  /** Whether narrowing would cost more than it saves, for tables that must be read alike. */
  public boolean small(List<Table> tables) {
    return tables.stream().allMatch(table -> storedRows(table) <= smallRows);
  }

  private static long storedRows(Table table) {
    return ((TableState) table).sets().stream().mapToLong(ChangeSet::rows).sum();
  }

  /**
   * The live rows whose columns are among {@code keys}, or all. These columns must never change for
   * a primary key, since rows are narrowed before they are merged.
   *
   * @param keys distinct rows with exactly the columns to match
   */
  public Dataset<Row> read(Table table, Optional<Dataset<Row>> keys) {
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
    int tasks = (int) Math.min(MAX_TASKS, storedRows(table) / ROWS_PER_TASK + 1);
    MergedTable merged = LakeTables.merged(table, sets, columns);
    return narrowed(
        SparkRows.scan(spark, new MergedScan(files, merged, table.rows(), tasks)), keys);
  }

  /** In one scan of all files, so that a plan does not grow with the nights. */
  private Dataset<Row> merged(TableShape shape, List<ChangeSet> sets, Optional<Dataset<Row>> keys) {
    List<DataFile> all = sets.stream().flatMap(set -> set.files().stream()).toList();
    List<Column> columns = shape.plainColumns();
    List<Column> stored = new ArrayList<>(columns);
    stored.add(new Column(ChangeSet.OP, Simple.TEXT));
    stored.add(new Column(ChangeSet.ORDER, Simple.BIGINT));
    org.apache.spark.sql.Column[] key = columns(shape.key());
    Dataset<Row> sorted =
        narrowed(files(stored, all), keys)
            .repartition(key)
            .sortWithinPartitions(
                Stream.concat(Stream.of(key), Stream.of(col(ChangeSet.ORDER).desc()))
                    .toArray(org.apache.spark.sql.Column[]::new));
    return SparkRows.mapPartitions(
        sorted, new NewestPartitionRows(columns, shape.key()), SparkTypes.schema(columns));
  }

  private Dataset<Row> narrowed(Dataset<Row> rows, Optional<Dataset<Row>> keys) {
    // A join puts its columns first, and rows are merged by position.
    return keys.map(wanted -> semiJoin(rows, few(wanted)).select(columns(List.of(rows.columns()))))
        .orElse(rows);
  }

  /** Keys that several scans are narrowed by, computed once. */
  private Dataset<Row> few(Dataset<Row> keys) {
    Dataset<Row> known = hold(keys);
    return known.count() <= BROADCAST_ROWS ? broadcast(known) : known;
  }

  /** Keeps rows that are used several times until the build ends. */
  public Dataset<Row> hold(Dataset<Row> rows) {
    Dataset<Row> kept = rows.persist(StorageLevel.MEMORY_AND_DISK());
    held.add(kept);
    return kept;
  }

  @Override
  public void close() {
    held.forEach(Dataset::unpersist);
  }

  /** Rows of {@code rows} that match a row of {@code keys} in all of its columns. */
  public static Dataset<Row> semiJoin(Dataset<Row> rows, Dataset<Row> keys) {
    return rows.join(keys, names(List.of(keys.columns())), "left_semi");
  }

  public static Dataset<Row> antiJoin(Dataset<Row> rows, Dataset<Row> keys) {
    return rows.join(keys, names(List.of(keys.columns())), "left_anti");
  }

  /** As Spark's joins want them. */
  public static scala.collection.immutable.Seq<String> names(List<String> names) {
    return scala.jdk.javaapi.CollectionConverters.asScala(names).toSeq();
  }

  public static org.apache.spark.sql.Column[] columns(List<String> names) {
    return names.stream()
        .map(org.apache.spark.sql.functions::col)
        .toArray(org.apache.spark.sql.Column[]::new);
  }

  private Dataset<Row> files(List<Column> columns, List<DataFile> from) {
    return spark
        .read()
        .schema(SparkTypes.schema(columns))
        .parquet(from.stream().map(f -> lake.files().uri(f.path())).toArray(String[]::new));
  }

  /** Rows that this attempt wrote, with what stood beside the table's columns. */
  public Dataset<Row> read(Written written) {
    return written.isEmpty()
        ? spark.createDataFrame(List.of(), SparkTypes.schema(written.columns()))
        : files(written.columns(), written.run().files());
  }

  /**
   * Writes changes to a table: each primary key at most once in all that an attempt writes.
   *
   * @param rows the shape's columns, others that only this build reads again, and {@link #GOES}
   * @param expected about how many rows, to choose the number of files; with 0 nothing is computed
   */
  public Written writeChanges(TableShape shape, Dataset<Row> rows, long expected) {
    return write(shape, rows, expected, attempt.number());
  }

  private Written write(TableShape shape, Dataset<Row> rows, long expected, long order) {
    List<Column> columns = new ArrayList<>(shape.plainColumns());
    List<String> have = List.of(rows.columns());
    List<Column> stored = SparkTypes.columns(rows.schema());
    stored.stream()
        .filter(c -> !shape.names().contains(c.name()) && !c.name().equals(GOES))
        .forEach(columns::add);
    if (!have.containsAll(shape.names())) {
      throw new IllegalArgumentException("rows for " + shape.name() + " lack columns");
    }
    if (expected == 0) {
      return new Written(columns, WrittenRun.NOTHING);
    }
    List<org.apache.spark.sql.Column> selected = new ArrayList<>();
    columns.forEach(
        c -> selected.add(col(c.name()).cast(SparkTypes.toSpark(c.type())).as(c.name())));
    selected.add(col(GOES));
    int tasks = (int) Math.min(MAX_TASKS, (expected - 1) / ROWS_PER_TASK + 1);
    Dataset<Row> sorted =
        rows.select(selected.toArray(org.apache.spark.sql.Column[]::new))
            .coalesce(tasks)
            .sortWithinPartitions(columns(shape.key()));
    WriteRuns writer =
        new WriteRuns(
            files,
            attempt.newPrefix(shape.name()),
            columns,
            shape.columns().size(),
            shape.key(),
            order);
    List<WrittenRun> runs = described(WRITES + shape.name(), sorted, writer);
    return new Written(columns, runs.stream().reduce(WrittenRun.NOTHING, WrittenRun::plus));
  }

  /** The description is what Spark's own pages show of the job. */
  private List<WrittenRun> described(String what, Dataset<Row> sorted, WriteRuns writer) {
    String before = spark.sparkContext().getLocalProperty(DESCRIPTION);
    spark.sparkContext().setLocalProperty(DESCRIPTION, what);
    try {
      return SparkFailures.guarded(
          what, () -> SparkRows.of(sorted).mapPartitionsWithIndex(writer, false).collect());
    } finally {
      spark.sparkContext().setLocalProperty(DESCRIPTION, before);
    }
  }

  /** Writes rows of which none goes. */
  public Written write(TableShape shape, Dataset<Row> rows, long expected) {
    return writeChanges(shape, rows.withColumn(GOES, lit(false)), expected);
  }

  /**
   * The prior table with what was written.
   *
   * @param addedRows by how many live rows it grew
   */
  public Table plus(
      Optional<Table> prior, TableShape shape, Written written, long addedRows, long nextKey) {
    return attempt.plus(prior, shape, written.run(), addedRows, nextKey);
  }

  /** A table that begins anew with what was written. */
  public Table anew(TableShape shape, Written written, long nextKey) {
    return attempt.anew(shape, written.run(), nextKey);
  }

  /**
   * A table as its shape is now. Columns that came since are null; where a type does not widen to
   * the new one, which is rare, the table is written anew.
   */
  public Table asNow(Table table, TableShape shape) {
    if (LakeAttempt.fits(table, shape)) {
      return attempt.reshaped(table, shape);
    }
    Dataset<Row> old = read(table);
    List<String> have = List.of(old.columns());
    Dataset<Row> rows =
        old.select(
            shape.plainColumns().stream()
                .map(
                    c ->
                        (have.contains(c.name()) ? col(c.name()) : lit(null))
                            .cast(SparkTypes.toSpark(c.type()))
                            .as(c.name()))
                .toArray(org.apache.spark.sql.Column[]::new));
    return anew(shape, writeAnew(shape, rows, table.rows()), table.nextKey());
  }

  /** Writes all rows of a table that begins anew; changes of the same attempt come after them. */
  public Written writeAnew(TableShape shape, Dataset<Row> rows, long expected) {
    return write(shape, rows.withColumn(GOES, lit(false)), expected, 0);
  }
}
