package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.commit.ChangeSet;
import dev.loadstar.lake.commit.TableColumn;
import dev.loadstar.lake.commit.TableShape;
import dev.loadstar.lake.commit.TableState;
import dev.loadstar.lake.load.DataFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.storage.StorageLevel;

/** Reads and writes curated tables: a base, then change sets of which the last one wins. */
final class CuratedTables implements AutoCloseable {
  /** Up to so many rows a side of a join is sent to every executor. */
  static final long BROADCAST_ROWS = 500_000;

  /** Up to so many rows, reading all is cheaper than finding out what to read. */
  static final long SMALL_ROWS = 200_000;

  private static final long ROWS_PER_FILE = 2_000_000;
  private final SparkSession spark;
  private final Lake lake;
  private final long commit;
  private final long smallRows;
  private final List<Dataset<Row>> held = new CopyOnWriteArrayList<>();

  /**
   * @param commit the number that the build will claim; its files say so in {@code _commit}
   * @param smallRows {@link #SMALL_ROWS}, but for tests
   */
  CuratedTables(SparkSession spark, Lake lake, long commit, long smallRows) {
    this.spark = spark;
    this.lake = lake;
    this.commit = commit;
    this.smallRows = smallRows;
  }

  /** All live rows with the shape's columns. */
  Dataset<Row> read(TableState state) {
    return read(state, Optional.empty());
  }

  /** At least the live rows whose columns are among {@code keys}; of a small table all. */
  Dataset<Row> read(TableState state, Dataset<Row> keys) {
    return read(state, Optional.of(keys).filter(k -> !small(List.of(state))));
  }

  /** Whether narrowing would cost more than it saves, for tables that must be read alike. */
  boolean small(List<TableState> states) {
    return states.stream()
        .allMatch(state -> sets(state).stream().mapToLong(CuratedTables::rows).sum() <= smallRows);
  }

  private static List<ChangeSet> sets(TableState state) {
    List<ChangeSet> sets = new ArrayList<>(state.base().stream().toList());
    sets.addAll(state.changes());
    sets.removeIf(set -> set.files().isEmpty());
    return sets;
  }

  private static long rows(ChangeSet set) {
    return set.upserts() + set.deletes();
  }

  /**
   * The live rows whose columns are among {@code keys}, or all. These columns must never change for
   * a primary key, since files are narrowed before they are merged.
   *
   * @param keys distinct rows with exactly the columns to match
   */
  Dataset<Row> read(TableState state, Optional<Dataset<Row>> keys) {
    List<ChangeSet> sets = sets(state);
    if (sets.isEmpty()) {
      return live(spark.createDataFrame(List.of(), SparkTypes.fileSchema(state.shape().columns())));
    }
    Optional<Dataset<Row>> wanted = keys.map(this::held);
    if (sets.size() == 1) {
      return live(narrowed(files(state.shape().columns(), sets.get(0).files()), wanted));
    }
    boolean based = state.base().filter(base -> !base.files().isEmpty()).isPresent();
    if (wanted.isPresent() || !based || small(List.of(state))) {
      return live(latest(state.shape(), sets, wanted));
    }
    // A large base that is wanted whole is read through, not shuffled.
    Dataset<Row> base = files(state.shape().columns(), sets.get(0).files());
    List<ChangeSet> later = sets.subList(1, sets.size());
    Dataset<Row> changed = latest(state.shape(), later, Optional.empty());
    long changes = later.stream().mapToLong(CuratedTables::rows).sum();
    Dataset<Row> overtaken = changed.select(columns(state.shape().key()));
    overtaken = changes <= BROADCAST_ROWS ? broadcast(overtaken) : overtaken;
    return live(antiJoin(base, overtaken)).unionByName(live(changed));
  }

  private static Dataset<Row> live(Dataset<Row> rows) {
    return rows.filter(col("_op").equalTo("U")).drop("_op", "_commit");
  }

  /**
   * Of each primary key the row of the last set that names it, in one scan of all files, so that a
   * plan does not grow with the nights.
   */
  private Dataset<Row> latest(
      TableShape shape, List<ChangeSet> sets, Optional<Dataset<Row>> wanted) {
    List<DataFile> all = sets.stream().flatMap(set -> set.files().stream()).toList();
    Dataset<Row> rows = narrowed(files(shape.columns(), all), wanted);
    if (sets.size() == 1) {
      return rows;
    }
    Column newest =
        row_number().over(Window.partitionBy(columns(shape.key())).orderBy(col("_commit").desc()));
    return rows.withColumn("_rank", newest).filter(col("_rank").equalTo(1)).drop("_rank");
  }

  /** Keys that several scans are narrowed by, computed once. */
  private Dataset<Row> held(Dataset<Row> keys) {
    Dataset<Row> known = hold(keys);
    return known.count() <= BROADCAST_ROWS ? broadcast(known) : known;
  }

  private static Dataset<Row> narrowed(Dataset<Row> rows, Optional<Dataset<Row>> keys) {
    return keys.map(k -> semiJoin(rows, k)).orElse(rows);
  }

  /** Keeps rows that are used several times until the build ends. */
  Dataset<Row> hold(Dataset<Row> rows) {
    Dataset<Row> kept = rows.persist(StorageLevel.MEMORY_AND_DISK());
    held.add(kept);
    return kept;
  }

  @Override
  public void close() {
    held.forEach(Dataset::unpersist);
  }

  /** Rows of {@code rows} that match a row of {@code keys} in all of its columns. */
  static Dataset<Row> semiJoin(Dataset<Row> rows, Dataset<Row> keys) {
    return rows.join(keys, seq(keys), "left_semi");
  }

  static Dataset<Row> antiJoin(Dataset<Row> rows, Dataset<Row> keys) {
    return rows.join(keys, seq(keys), "left_anti");
  }

  private static scala.collection.immutable.Seq<String> seq(Dataset<Row> keys) {
    return scala.jdk.javaapi.CollectionConverters.asScala(List.of(keys.columns())).toSeq();
  }

  /** Rows of files as the columns now are: those that came later are null. */
  Dataset<Row> files(List<TableColumn> columns, List<DataFile> files) {
    return spark
        .read()
        .schema(SparkTypes.fileSchema(columns))
        .parquet(files.stream().map(f -> lake.files().uri(f.path())).toArray(String[]::new));
  }

  /**
   * Writes rows with {@code _op} into a fresh folder, marked with the commit.
   *
   * @param expected about how many rows, to choose the number of files
   */
  List<DataFile> write(String table, Dataset<Row> rows, long expected) {
    return write(table, rows, expected, commit);
  }

  private List<DataFile> write(String table, Dataset<Row> rows, long expected, long order) {
    if (expected == 0) {
      return List.of();
    }
    String folder = "curated/%s/%s".formatted(table, lake.newAttempt());
    int files = (int) Math.min(64, expected / ROWS_PER_FILE + 1);
    rows.coalesce(files)
        .withColumn("_commit", lit(order))
        .write()
        .mode(SaveMode.ErrorIfExists)
        .parquet(lake.files().uri(folder));
    return lake.filesIn(folder).stream().filter(file -> file.rows() > 0).toList();
  }

  /**
   * An older state with today's columns. Columns that came since are null; where a type is another
   * one now, which is rare, the table is written anew as this commit's base.
   */
  TableState asNow(TableState state, TableShape shape) {
    Map<String, ColumnType> types = new HashMap<>();
    shape.columns().forEach(c -> types.put(c.name(), c.type()));
    boolean same =
        state.shape().columns().stream()
            .allMatch(c -> c.type().equals(types.getOrDefault(c.name(), c.type())));
    if (same) {
      return new TableState(shape, state.base(), state.changes(), state.nextKey(), state.rows());
    }
    Dataset<Row> old = read(state);
    List<String> have = List.of(old.columns());
    Dataset<Row> rows =
        old.select(
                shape.columns().stream()
                    .map(
                        c ->
                            (have.contains(c.name()) ? col(c.name()) : lit(null))
                                .cast(SparkTypes.toSpark(c.type()))
                                .as(c.name()))
                    .toArray(Column[]::new))
            .withColumn("_op", lit("U"));
    // This commit's own changes come after it.
    List<DataFile> files = write(shape.name(), rows, state.rows(), commit - 1);
    ChangeSet base = new ChangeSet(commit, files, state.rows(), 0);
    return new TableState(shape, Optional.of(base), List.of(), state.nextKey(), state.rows());
  }

  /** The state after one more change set. A table's first one is its base. */
  static TableState append(
      Optional<TableState> prior,
      TableShape shape,
      ChangeSet change,
      long nextKey,
      long addedRows) {
    if (prior.isEmpty()) {
      return new TableState(shape, Optional.of(change), List.of(), nextKey, addedRows);
    }
    List<ChangeSet> changes = new ArrayList<>(prior.get().changes());
    if (!change.files().isEmpty()) {
      changes.add(change);
    }
    return new TableState(
        shape, prior.get().base(), changes, nextKey, prior.get().rows() + addedRows);
  }

  /** The state after more new rows under the next keys, in the change set of the same commit. */
  static TableState withMore(TableState state, long commit, List<DataFile> files, long rows) {
    List<ChangeSet> changes = new ArrayList<>(state.changes());
    Optional<ChangeSet> base = state.base();
    long key = state.nextKey() + rows;
    long all = state.rows() + rows;
    if (base.isPresent() && base.get().commit() == commit) {
      ChangeSet more = more(base.get(), files, rows);
      return new TableState(state.shape(), Optional.of(more), changes, key, all);
    }
    int last = changes.size() - 1;
    if (last >= 0 && changes.get(last).commit() == commit) {
      changes.set(last, more(changes.get(last), files, rows));
    } else {
      changes.add(new ChangeSet(commit, files, rows, 0));
    }
    return new TableState(state.shape(), base, changes, key, all);
  }

  private static ChangeSet more(ChangeSet set, List<DataFile> files, long rows) {
    List<DataFile> all = new ArrayList<>(set.files());
    all.addAll(files);
    return new ChangeSet(set.commit(), all, set.upserts() + rows, set.deletes());
  }

  static Column[] columns(List<String> names) {
    return names.stream().map(org.apache.spark.sql.functions::col).toArray(Column[]::new);
  }
}
