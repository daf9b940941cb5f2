package dev.loadstar.transform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.crash.CrashPoint;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.SnakeCase;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.Expirations;
import dev.loadstar.lake.load.LoadFiles;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.lake.load.RawLoad;
import dev.loadstar.lake.load.RecordFormat;
import dev.loadstar.tables.spark.SparkFailures;
import dev.loadstar.tables.spark.SparkRows;
import dev.loadstar.tables.spark.SparkTypes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Makes one raw load a processed one. Used once. */
final class LoadTransform {
  /** Raw bytes, compressed, and rows that one task standardizes: a few seconds of work. */
  private static final long BYTES_PER_TASK = 16L << 20;

  private static final long ROWS_PER_TASK = 250_000;

  private final Lake lake;
  private final RawLoad raw;
  private final Collection<StandardColumn> columns;
  private final List<String> key;
  private final Optional<String> changeTime;
  private final MaskingPass.Plan plan;
  private final Instant now;

  LoadTransform(
      Lake lake, RawLoad raw, EntityDeclaration declaration, MaskingPass masking, Instant now) {
    this.lake = lake;
    this.raw = raw;
    this.now = now.truncatedTo(ChronoUnit.MICROS);
    columns = StandardColumn.of(raw, declaration);
    key =
        declaration.key().isEmpty()
            ? raw.key().stream().map(SnakeCase::of).toList()
            : declaration.key();
    changeTime = declaration.changeTime().or(() -> raw.cursor().map(SnakeCase::of));
    List<dev.loadstar.core.type.Column> standardized =
        columns.stream().map(StandardColumn::standardized).toList();
    // No file came, so none told its columns; what is declared may be a part of them.
    boolean silent = columns.isEmpty() || (raw.columns().isEmpty() && raw.files().rows() == 0);
    plan = masking.plan(raw.entity(), standardized, key, declaration.digests(), raw.businessDate());
    if (!silent) {
      key.forEach(column -> requireColumn("key", column));
      requireKeyThatCame();
      changeTime.ifPresent(column -> requireColumn("change time", column));
    }
    changeTime.ifPresent(this::requireUnmasked);
  }

  /**
   * Writes the files and describes them; nothing counts yet.
   *
   * @param fewRows up to how many rows are transformed without Spark
   */
  ProcessedLoad run(
      Supplier<SparkSession> spark, long fewRows, Optional<BigDecimal> quarantineGuard) {
    String attempt = lake.newAttempt();
    long read = raw.files().rows();
    if (read == 0) {
      return processed(
          attempt, LoadFiles.NONE, new Quarantine(LoadFiles.NONE, Map.of()), RowBalance.ZERO);
    }
    new Expirations(lake.files()).requireFiles(raw);
    String folder = Lake.processedFolder(raw.entity(), raw.businessDate(), attempt);
    if (read > fewRows || !few().write(folder)) {
      SparkFailures.guarded(
          "transform " + raw.entity(),
          () -> {
            write(spark.get(), lake.files().uri(folder));
            return null;
          });
    }
    LoadFiles passed = lake.filesIn(RowStatus.PASSED.folder(folder));
    LoadFiles rejected = lake.filesIn(RowStatus.QUARANTINED.folder(folder));
    long repeats = lake.filesIn(RowStatus.DEDUPLICATED.folder(folder)).rows();
    RowBalance balance =
        new RowBalance(read, 0, passed.rows(), 0, repeats, 0, rejected.rows(), 0)
            .require("transform of " + raw.entity());
    quarantineGuard.ifPresent(most -> guard(balance, most));
    Quarantine quarantine = Quarantine.of(lake, folder, raw.number(), rejected);
    CrashPoint.PROCESSED_FILES_WRITTEN.reached();
    return processed(attempt, passed, quarantine, balance);
  }

  private FewRows few() {
    return new FewRows(lake, raw, columns, key, changeTime, plan, standardize(), now);
  }

  private StandardizeRows standardize() {
    return new StandardizeRows(
        raw.entity().toString(),
        raw.format() == RecordFormat.JSON,
        columns,
        key,
        ZoneId.of(raw.timezone()));
  }

  private void write(SparkSession spark, String uri) {
    long bytes = raw.files().bytes();
    long rows = raw.files().rows();
    int partitions =
        Math.toIntExact(1 + Math.max((bytes - 1) / BYTES_PER_TASK, (rows - 1) / ROWS_PER_TASK));
    output(spark, partitions).write().partitionBy(RowStatus.COLUMN).parquet(uri);
  }

  /** Every raw row with its status; also what tests explain. */
  Dataset<Row> output(SparkSession spark, int partitions) {
    boolean json = raw.format() == RecordFormat.JSON;
    String[] paths = raw.files().paths().stream().map(lake.files()::uri).toArray(String[]::new);
    Dataset<Row> standardized =
        SparkRows.map(
            spark.read().schema(SparkTypes.schema(RowShape.rawFile(json, columns))).parquet(paths),
            RowShape.standardized(columns),
            standardize());
    Dataset<Row> masked = plan.apply(standardized);
    return new Deduplication(key, changeTime, partitions).apply(masked).select(outputColumns());
  }

  private Column[] outputColumns() {
    Column kept = col(RowStatus.COLUMN).equalTo(RowStatus.PASSED.word());
    List<Column> output = new ArrayList<>();
    output.add(lit(raw.number()).as("_load"));
    output.add(col("_origin"));
    output.add(col("_row"));
    output.add(lit(raw.businessDate()).as("_business_date"));
    output.add(col("_ingested_at"));
    output.add(lit(now).as("_transformed_at"));
    plan.columns().forEach(column -> output.add(when(kept, col(column.name())).as(column.name())));
    if (!plan.digests().isEmpty()) {
      output.add(when(kept, col("_digests")).as("_digests"));
    }
    output.add(col("_reason"));
    output.add(col("_column"));
    output.add(col(RowStatus.COLUMN));
    return output.toArray(Column[]::new);
  }

  private ProcessedLoad processed(
      String attempt, LoadFiles files, Quarantine quarantine, RowBalance balance) {
    Optional<String> cursor = changeTime.filter(this::isTimestamp);
    return new ProcessedLoad(
        raw.entity(),
        raw.number(),
        raw.businessDate(),
        raw.latestDate(),
        attempt,
        files,
        quarantine.files(),
        plan.columns(),
        key,
        cursor,
        plan.digests(),
        plan.unmasked(),
        plan.withheld(),
        quarantine.reasons(),
        plan.changeKey(),
        Optional.empty(),
        balance,
        now);
  }

  /** What is declared may be missing in what came; rows without their key all are rejected. */
  private void requireKeyThatCame() {
    List<String> came = raw.columns().stream().map(c -> SnakeCase.of(c.name())).toList();
    for (String column : key) {
      if (!came.isEmpty() && !came.contains(column)) {
        throw new LoadException(
            ErrorCode.SCHEMA_MISMATCH,
            "Cannot standardize %s: its key column \"%s\" is not in load %d, expected it among the %d that came."
                .formatted(raw.entity(), column, raw.number(), came.size()));
      }
    }
  }

  private void requireColumn(String what, String name) {
    if (columns.stream().noneMatch(column -> column.name().equals(name))) {
      throw new LoadException(
          ErrorCode.CONFIGURATION_INVALID,
          "Cannot standardize %s: its %s column \"%s\" is not in the load, expected one of its %d columns. Correct the source's declaration."
              .formatted(raw.entity(), what, name, columns.size()));
    }
  }

  /** A masked change time would make two observations one. */
  private void requireUnmasked(String name) {
    Optional<dev.loadstar.core.type.Column> before =
        columns.stream()
            .map(StandardColumn::standardized)
            .filter(column -> column.name().equals(name))
            .findFirst();
    if (before.isPresent() && !plan.columns().contains(before.get())) {
      throw new LoadException(
          ErrorCode.CONFIGURATION_INVALID,
          "Cannot order the rows of %s: its change time \"%s\" is withheld or masked, expected not_personal. Classify it in masking/classification.yaml."
              .formatted(raw.entity(), name));
    }
  }

  private boolean isTimestamp(String name) {
    return plan.columns().stream()
        .anyMatch(column -> column.name().equals(name) && column.type() == Simple.TIMESTAMP);
  }

  private void guard(RowBalance balance, BigDecimal most) {
    BigDecimal allowed = most.multiply(BigDecimal.valueOf(balance.read()));
    if (BigDecimal.valueOf(balance.quarantined()).compareTo(allowed) > 0) {
      throw new LoadException(
          ErrorCode.GUARD_EXCEEDED,
          "Cannot accept load %d of %s: %d of %d rows were rejected, expected at most %s%%. Look at the source, or raise guards.quarantined_rows."
              .formatted(
                  raw.number(),
                  raw.entity(),
                  balance.quarantined(),
                  balance.read(),
                  most.movePointRight(2).stripTrailingZeros().toPlainString()));
    }
  }
}
