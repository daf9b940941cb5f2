package dev.loadstar.tables.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.loadstar.core.type.Column;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.spark.local.LocalQueries;
import dev.loadstar.tables.stored.LakeAttempt;
import dev.loadstar.tables.stored.LakeTables;
import dev.loadstar.tables.stored.WrittenRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

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
  private final LakeAttempt attempt;
  private final ReachableFiles files;
  private final long smallRows;
  private final StoredRows stored;
  private final List<HeldRows> held = new CopyOnWriteArrayList<>();

  /**
   * @param smallRows {@link #SMALL_ROWS}, but for tests
   */
  public SparkTables(SparkSession spark, LakeTables tables, LakeAttempt attempt, long smallRows) {
    this.spark = spark;
    this.attempt = attempt;
    this.files = ReachableFiles.of(tables.lake().files());
    this.smallRows = smallRows;
    this.stored = new StoredRows(spark, tables.lake(), files, this::hold);
  }

  /** All live rows with the shape's columns. */
  public Dataset<Row> read(Table table) {
    return read(table, Optional.empty());
  }

  /** At least the live rows whose columns are among {@code keys}; of a small table all. */
  public Dataset<Row> read(Table table, Dataset<Row> keys) {
    return read(table, Optional.of(keys).filter(k -> !small(List.of(table))));
  }

  /**
   * Whether narrowing would cost more than it saves, for tables that must be read alike: never
   * where finding out what to read costs no job.
   */
  public boolean small(List<Table> tables) {
    return LocalQueries.limit(spark) == 0
        && tables.stream().allMatch(table -> StoredRows.count(table) <= smallRows);
  }

  /**
   * The live rows whose columns are among {@code keys}, or all. These columns must never change for
   * a primary key, since rows are narrowed before they are merged.
   *
   * @param keys distinct rows with exactly the columns to match
   */
  public Dataset<Row> read(Table table, Optional<Dataset<Row>> keys) {
    return stored.live(table, keys);
  }

  /** Exactly the live rows whose columns are among {@code keys}, which are distinct. */
  public Dataset<Row> some(Table table, Dataset<Row> keys) {
    return Joins.semi(read(table, keys), keys).select(columns(table.shape().names()));
  }

  /**
   * What was written to a table since an earlier state of it: its columns and {@link #GOES}, at
   * most one row a key. Empty when it began anew.
   */
  public Optional<Dataset<Row>> written(Table before, Table after) {
    return stored.written(before, after);
  }

  /**
   * Rows of all files of a table, overtaken ones and those that went among them, whose columns are
   * among {@code keys}: to find out which to read.
   *
   * @param keys distinct rows with exactly the columns to match
   */
  public Dataset<Row> everSaid(Table table, Dataset<Row> keys) {
    return stored.everSaid(table, keys);
  }

  /**
   * The same with a time in a span.
   *
   * @param time a column of type TIMESTAMP
   */
  public Dataset<Row> everSaid(Table table, String time, Instant from, Instant before) {
    return stored.everSaid(table, time, from, before);
  }

  /** Keeps rows that are used several times until the build ends. */
  public Dataset<Row> hold(Dataset<Row> rows) {
    HeldRows kept = SparkRows.held(rows);
    held.add(kept);
    return kept.rows();
  }

  /** The same until the caller closes it. */
  public HeldRows held(Dataset<Row> rows) {
    return SparkRows.held(rows);
  }

  /** Shuffles and counts rows; see {@link TalliedRows}. */
  public TalliedRows tallied(
      Dataset<Row> rows, List<String> tallied, List<String> by, long expected) {
    return SparkFailures.guarded("compute rows", () -> TalliedRows.of(rows, tallied, by, expected));
  }

  /** Counts rows where they come from; see {@link TalliedRows}. The caller closes them. */
  public TalliedRows tallied(Dataset<Row> rows, List<String> tallied, String by) {
    return SparkFailures.guarded("compute rows", () -> TalliedRows.staying(rows, tallied, by));
  }

  @Override
  public void close() {
    held.forEach(HeldRows::close);
  }

  public static org.apache.spark.sql.Column[] columns(List<String> names) {
    return names.stream()
        .map(org.apache.spark.sql.functions::col)
        .toArray(org.apache.spark.sql.Column[]::new);
  }

  /** Rows that this attempt wrote, with what stood beside the table's columns. */
  public Dataset<Row> read(Written written) {
    return written.isEmpty()
        ? spark.createDataFrame(List.of(), SparkTypes.schema(written.columns()))
        : stored.files(written.columns(), written.run().files());
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

  /**
   * Writes new rows that are partitioned and sorted by primary key already.
   *
   * @param rows with the shape's columns
   */
  public Written writeSorted(TableShape shape, Dataset<Row> rows) {
    return run(
        shape,
        shape.plainColumns(),
        rows.select(typed(shape.plainColumns(), lit(false).as(GOES))),
        attempt.number());
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
    Dataset<Row> sorted =
        rows.select(typed(columns, col(GOES)))
            .coalesce(parts(expected))
            .sortWithinPartitions(columns(shape.key()));
    return run(shape, columns, sorted, order);
  }

  private static org.apache.spark.sql.Column[] typed(
      List<Column> columns, org.apache.spark.sql.Column last) {
    List<org.apache.spark.sql.Column> selected = new ArrayList<>();
    columns.forEach(
        c -> selected.add(col(c.name()).cast(SparkTypes.toSpark(c.type())).as(c.name())));
    selected.add(last);
    return selected.toArray(org.apache.spark.sql.Column[]::new);
  }

  private Written run(TableShape shape, List<Column> columns, Dataset<Row> sorted, long order) {
    WriteRuns writer = new WriteRuns(target(shape, columns, order));
    List<WrittenRun> runs =
        described(WRITES + shape.name(), () -> SparkRows.partitions(sorted, writer));
    return new Written(columns, runs.stream().reduce(WrittenRun.NOTHING, WrittenRun::plus));
  }

  private RunTarget target(TableShape shape, List<Column> columns, long order) {
    return new RunTarget(
        files,
        attempt.newPrefix(shape.name()),
        columns,
        shape.columns().size(),
        shape.key(),
        order);
  }

  /**
   * What was written, and what the fold counted.
   *
   * @param counts by what was counted; nothing for what never was
   */
  public record Folded(Written written, Map<String, Long> counts) {
    public long of(String what) {
      return counts.getOrDefault(what, 0L);
    }
  }

  /**
   * Writes what a fold makes of rows, in the pass that folds them.
   *
   * @param more columns that the fold answers after the table's, which only this build reads again
   * @param rows all of a key together, sorted, their columns of a lake's types
   */
  public Folded writeFolded(TableShape shape, List<Column> more, Dataset<Row> rows, RowFold fold) {
    List<Column> columns = new ArrayList<>(shape.plainColumns());
    columns.addAll(more);
    FoldRuns function =
        new FoldRuns(
            SparkTypes.columns(rows.schema()), fold, target(shape, columns, attempt.number()));
    List<FoldRuns.Folded> parts =
        described(WRITES + shape.name(), () -> SparkRows.partitions(rows, function));
    Map<String, Long> counts = new HashMap<>();
    WrittenRun run = WrittenRun.NOTHING;
    for (FoldRuns.Folded part : parts) {
      run = run.plus(part.run());
      part.counts().forEach((what, n) -> counts.merge(what, n, Long::sum));
    }
    return new Folded(new Written(columns, run), counts);
  }

  /** As many parts as so many rows are worth; the same for the same number. */
  public static int parts(long rows) {
    return (int) Math.min(MAX_TASKS, Math.max(0, rows - 1) / ROWS_PER_TASK + 1);
  }

  /** The description is what Spark's own pages show of the job. */
  private <T> T described(String what, Callable<T> work) {
    String before = spark.sparkContext().getLocalProperty(DESCRIPTION);
    spark.sparkContext().setLocalProperty(DESCRIPTION, what);
    try {
      return SparkFailures.guarded(what, work);
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
