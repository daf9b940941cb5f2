package dev.loadstar.bench.dimension;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.xxhash64;

import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.LoadFiles;
import dev.loadstar.lake.load.ProcessedLoad;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Processed loads of one entity of customers, one a day. A member's city names the day on which it
 * last changed, so every row of a later load begins a version.
 */
final class CustomerLoads {
  static final EntityName ENTITY = new EntityName("shop", "customers");
  static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);
  private static final List<String> ATTRIBUTES = List.of("name", "street", "city", "segment");

  private final SparkSession spark;
  private final Lake lake;
  private final long members;

  CustomerLoads(SparkSession spark, Lake lake, long members) {
    this.spark = spark;
    this.lake = lake;
    this.members = members;
  }

  /** Everybody, as load {@code number} of day {@code number}. */
  ProcessedLoad everybody(int number) {
    return claim(number, spark.range(1, members + 1));
  }

  /** Every fiftieth member, each time others. */
  ProcessedLoad twoPercent(int number) {
    return claim(number, spark.range(1, members + 1).where("id % 50 = " + number % 50));
  }

  private ProcessedLoad claim(int number, Dataset<Long> ids) {
    LocalDate date = FIRST_DAY.plusDays(number - 1L);
    String attempt = lake.newAttempt();
    String folder = Lake.processedFolder(ENTITY, date, attempt) + "/passed";
    rows(number, date, ids).coalesce(2).write().parquet(lake.files().uri(folder));
    LoadFiles files = lake.filesIn(folder);
    long rows = files.rows();
    ProcessedLoad load =
        new ProcessedLoad(
            ENTITY,
            number,
            date,
            date,
            attempt,
            files,
            LoadFiles.NONE,
            Stream.of(
                    Stream.of(column("customer_id", Simple.BIGINT)),
                    ATTRIBUTES.stream().map(name -> column(name, Simple.TEXT)),
                    Stream.of(column("updated_at", Simple.TIMESTAMP)))
                .flatMap(s -> s)
                .toList(),
            List.of("customer_id"),
            Optional.of("updated_at"),
            Stream.concat(ATTRIBUTES.stream(), Stream.of("customer_id", "updated_at")).toList(),
            List.of(),
            Map.of(),
            "bench",
            RowBalance.allPassed(rows),
            instant(date));
    lake.processed().claim(load);
    return load;
  }

  private static Dataset<Row> rows(int number, LocalDate date, Dataset<Long> ids) {
    Dataset<Row> rows =
        ids.select(
            lit((long) number).as("_load"),
            lit("000001").as("_origin"),
            col("id").as("_row"),
            lit(java.sql.Date.valueOf(date)).as("_business_date"),
            lit(java.sql.Timestamp.from(instant(date))).as("_ingested_at"),
            lit(java.sql.Timestamp.from(instant(date))).as("_transformed_at"),
            col("id").as("customer_id"),
            expr("concat('Customer ', id)").as("name"),
            expr("concat(id % 977, ' Main Street')").as("street"),
            expr("concat('City of day %d, ', id %% 97)".formatted(number)).as("city"),
            expr("concat('Segment ', id % 5)").as("segment"),
            lit(java.sql.Timestamp.from(instant(date))).as("updated_at"));
    Column[] digests =
        Stream.concat(ATTRIBUTES.stream(), Stream.of("customer_id", "updated_at"))
            .map(name -> xxhash64(col(name)).as(name))
            .toArray(Column[]::new);
    return rows.withColumn("_digests", struct(digests));
  }

  private static Instant instant(LocalDate date) {
    return date.atTime(12, 0).toInstant(ZoneOffset.UTC);
  }

  private static dev.loadstar.core.type.Column column(String name, Simple type) {
    return new dev.loadstar.core.type.Column(name, type);
  }
}
