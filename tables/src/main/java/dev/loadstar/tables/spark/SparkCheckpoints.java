package dev.loadstar.tables.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;

import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.Checkpoint;
import dev.loadstar.lake.load.LoadFiles;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.tables.retention.CheckpointWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/**
 * Writes the newest row per key of processed loads: that of the latest business date, then of the
 * latest load, then of the latest change time, as in the star's kept states.
 *
 * @param spark asked only when there are rows to write
 */
public record SparkCheckpoints(Supplier<SparkSession> spark, Lake lake)
    implements CheckpointWriter {
  private static final long ROWS_PER_FILE = 250_000;

  @Override
  public Checkpoint write(long number, List<ProcessedLoad> loads, Instant now) {
    ProcessedLoad newest = loads.get(loads.size() - 1);
    String attempt = lake.newAttempt();
    LoadFiles files = LoadFiles.NONE;
    if (LoadRows.haveFiles(loads)) {
      String folder = Checkpoint.folder(newest.entity(), attempt);
      SparkFailures.guarded(
          "write the checkpoint of " + newest.entity(),
          () -> {
            newestRows(loads, newest).write().parquet(lake.files().uri(folder));
            return null;
          });
      files = lake.filesIn(folder);
    }
    String changeKey =
        loads.stream()
            .filter(load -> !load.digests().isEmpty())
            .map(ProcessedLoad::changeKey)
            .findFirst()
            .orElse(newest.changeKey());
    return new Checkpoint(
        newest.entity(),
        number,
        newest.number(),
        newest.businessDate(),
        newest.latestDate(),
        attempt,
        files,
        LoadRows.columns(loads),
        newest.key(),
        newest.cursor(),
        LoadRows.digests(loads),
        newest.withheld(),
        changeKey,
        now.truncatedTo(ChronoUnit.MICROS));
  }

  private Dataset<Row> newestRows(List<ProcessedLoad> loads, ProcessedLoad newest) {
    Dataset<Row> rows = LoadRows.read(spark.get(), lake, loads);
    List<Column> order = new ArrayList<>();
    order.addAll(List.of(col("_business_date").desc_nulls_last(), col("_load").desc()));
    newest.cursor().ifPresent(cursor -> order.add(col(cursor).desc_nulls_last()));
    order.addAll(List.of(col("_origin").desc(), col("_row").desc()));
    Column[] key = SparkTables.columns(newest.key());
    List<Column> selected = new ArrayList<>();
    for (String name : List.of("_load", "_origin", "_row", "_business_date")) {
      selected.add(col(name));
    }
    LoadRows.columns(loads).forEach(column -> selected.add(col(column.name())));
    List<String> digests = LoadRows.digests(loads);
    if (!digests.isEmpty()) {
      Column[] values = digests.stream().map(d -> col("_d_" + d).as(d)).toArray(Column[]::new);
      selected.add(struct(values).as("_digests"));
    }
    int files = (int) Math.min(64, LoadRows.rows(loads) / ROWS_PER_FILE + 1);
    return rows.withColumn(
            "_rank",
            row_number().over(Window.partitionBy(key).orderBy(order.toArray(Column[]::new))))
        .filter("_rank = 1")
        .select(selected.toArray(Column[]::new))
        .coalesce(files)
        .sortWithinPartitions(key);
  }
}
