package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.struct;

import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.project.Settings.Guards;
import dev.loadstar.core.quality.StarVerdict;
import dev.loadstar.core.time.BusinessDate;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.Lakes;
import dev.loadstar.lake.load.LoadFiles;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.lake.parquet.RowWriter;
import dev.loadstar.starschema.model.StarSchema;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.spark.SparkSettings;
import dev.loadstar.tables.spark.SparkTables;
import dev.loadstar.tables.spark.SparkTypes;
import dev.loadstar.tables.stored.LakeTables;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A lake in a folder, nights as lists of rows, and one Spark session for all tests. */
final class StarFixture {
  static final LocalDate DAY_1 = LocalDate.of(2026, 11, 2);

  /** What shops sold, by good. */
  static final Entity SALES =
      Entity.of(
          "shop.sales",
          "sale_id",
          null,
          "sale_id",
          Simple.BIGINT,
          "good_id",
          Simple.BIGINT,
          "sold_at",
          Simple.TIMESTAMP,
          "quantity",
          Simple.INT);

  private static SparkSession session;

  final Lake lake;
  final LakeTables tables;
  private final StarSchema schema;
  private CandidateCheck check = (spark, tables, rows, before) -> StarVerdict.of(List.of());
  private RoomCheck room = RoomCheck.NONE;
  private Guards guards = new Guards(Optional.empty(), Optional.empty());
  private DeclaredTypes declared = DeclaredTypes.NONE;
  private long smallRows = SparkTables.SMALL_ROWS;
  private long fewRows = SparkSettings.FEW_ROWS;

  StarFixture(Path folder, StarSchema schema) {
    this.lake = Lakes.open(folder.resolve("lake").toString(), folder, Map.of());
    this.tables = LakeTables.of(lake);
    this.schema = schema;
  }

  static synchronized SparkSession spark() {
    if (session == null) {
      session =
          SparkSession.builder()
              .master("local[2]")
              .appName("star-schema tests")
              .config("spark.ui.enabled", false)
              .config("spark.sql.session.timeZone", "UTC")
              .config("spark.sql.ansi.enabled", false)
              .config("spark.sql.shuffle.partitions", 2)
              .config("spark.sql.adaptive.enabled", false)
              .config("spark.sql.codegen.wholeStage", false)
              .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
              .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
              .getOrCreate();
    }
    return session;
  }

  void check(CandidateCheck newCheck) {
    check = newCheck;
  }

  void room(RoomCheck newRoom) {
    room = newRoom;
  }

  /** From how many rows on a query is a job. */
  void fewRows(long rows) {
    fewRows = rows;
  }

  /** From how many rows on a table counts as large. */
  void smallRows(long rows) {
    smallRows = rows;
  }

  void declared(DeclaredTypes types) {
    declared = types;
  }

  void guards(Guards newGuards) {
    guards = newGuards;
  }

  StarFixture with(Path folder, StarSchema other) {
    return new StarFixture(folder, other);
  }

  /** An entity's columns, its key and its change time. */
  record Entity(EntityName name, List<Column> columns, List<String> key, Optional<String> cursor) {
    static Entity of(String name, String key, String cursor, Object... columns) {
      List<Column> list = new ArrayList<>();
      for (int i = 0; i < columns.length; i += 2) {
        list.add(
            new Column((String) columns[i], (dev.loadstar.core.type.ColumnType) columns[i + 1]));
      }
      return new Entity(
          EntityName.parse(name), list, List.of(key.split(",")), Optional.ofNullable(cursor));
    }
  }

  /** One processed load; values as {@link RowWriter} wants them. */
  void load(Entity entity, int day, Object[]... rows) {
    LocalDate date = DAY_1.plusDays(day - 1L);
    long number = lake.processed().latest(entity.name()).map(l -> l.number() + 1).orElse(1L);
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("_load", Simple.BIGINT));
    columns.add(new Column("_origin", Simple.TEXT));
    columns.add(new Column("_row", Simple.BIGINT));
    columns.add(new Column("_business_date", Simple.DATE));
    columns.add(new Column("_ingested_at", Simple.TIMESTAMP));
    columns.add(new Column("_transformed_at", Simple.TIMESTAMP));
    columns.addAll(entity.columns());
    String folder = Lake.processedFolder(entity.name(), date, lake.newAttempt());
    LoadFiles files = LoadFiles.NONE;
    if (rows.length > 0) {
      try (RowWriter writer = lake.newWriter(folder + "/part-0.parquet", columns)) {
        long n = 0;
        for (Object[] row : rows) {
          Object[] values = new Object[columns.size()];
          values[0] = number;
          values[1] = "table";
          values[2] = ++n;
          values[3] = (int) date.toEpochDay();
          values[4] = 0L;
          values[5] = 0L;
          System.arraycopy(row, 0, values, 6, row.length);
          writer.write(values);
        }
        files = LoadFiles.of(writer.finish());
      }
    }
    claim(entity, number, date, files, List.of(), List.of(), "plain", rows.length);
  }

  private void claim(
      Entity entity,
      long number,
      LocalDate date,
      LoadFiles files,
      List<String> digests,
      List<String> unmasked,
      String changeKey,
      int rows) {
    lake.processed()
        .claim(
            new ProcessedLoad(
                entity.name(),
                number,
                date,
                date,
                "test",
                files,
                LoadFiles.NONE,
                entity.columns(),
                entity.key(),
                entity.cursor(),
                digests,
                unmasked,
                List.of(),
                Map.of(),
                changeKey,
                Optional.empty(),
                RowBalance.allPassed(rows),
                Instant.EPOCH));
  }

  /**
   * One processed load whose columns carry digests, written as transform writes them.
   *
   * @param rows the entity's values, then a digest of each of {@code digests}
   */
  void load(Entity entity, int day, String changeKey, List<String> digests, List<Row> rows) {
    load(entity, day, changeKey, digests, List.of(), rows);
  }

  /**
   * @param unmasked columns that show what the source gave
   */
  void load(
      Entity entity,
      int day,
      String changeKey,
      List<String> digests,
      List<String> unmasked,
      List<Row> rows) {
    LocalDate date = DAY_1.plusDays(day - 1L);
    long number = lake.processed().latest(entity.name()).map(l -> l.number() + 1).orElse(1L);
    StructType schema = SparkTypes.schema(entity.columns());
    for (String digest : digests) {
      schema = schema.add("d_" + digest, DataTypes.LongType);
    }
    String folder = Lake.processedFolder(entity.name(), date, lake.newAttempt());
    List<org.apache.spark.sql.Column> selected = new ArrayList<>();
    selected.add(lit(number).as("_load"));
    selected.add(lit("table").as("_origin"));
    selected.add(monotonically_increasing_id().as("_row"));
    selected.add(lit(date.toString()).cast("date").as("_business_date"));
    entity.columns().forEach(c -> selected.add(col(c.name())));
    if (!digests.isEmpty()) {
      selected.add(digests(digests));
    }
    spark()
        .createDataFrame(rows, schema)
        .coalesce(1)
        .select(selected.toArray(org.apache.spark.sql.Column[]::new))
        .write()
        .parquet(lake.files().uri(folder));
    claim(entity, number, date, lake.filesIn(folder), digests, unmasked, changeKey, rows.size());
  }

  private static org.apache.spark.sql.Column digests(List<String> digests) {
    return struct(
            digests.stream()
                .map(d -> col("d_" + d).as(d))
                .toArray(org.apache.spark.sql.Column[]::new))
        .as("_digests");
  }

  BuildResult build(int day) {
    return build(day, ZoneOffset.UTC);
  }

  BuildResult build(int day, ZoneId zone) {
    return builder().build(new BusinessDate(DAY_1.plusDays(day - 1L), zone), "run-" + day);
  }

  BuildResult rebuild(int day, String... names) {
    BusinessDate date = new BusinessDate(DAY_1.plusDays(day - 1L), ZoneOffset.UTC);
    return builder().build(date, "rebuild", Set.of(names));
  }

  private StarSchemaBuilder builder() {
    return new StarSchemaBuilder(
        StarFixture::spark,
        tables,
        schema,
        guards,
        declared,
        check,
        room,
        Clock.fixed(Instant.parse("2026-11-20T00:00:00Z"), ZoneOffset.UTC),
        smallRows,
        fewRows);
  }

  Dataset<Row> table(String name) {
    Commit head = tables.head().orElseThrow();
    return new SparkTables(spark(), tables, tables.begin(Optional.of(head)), smallRows)
        .read(head.table(name));
  }

  /** Rows of a table as text, some columns, sorted. */
  List<String> rows(String table, String where, String... columns) {
    return table(table)
        .filter(where)
        .selectExpr("concat_ws('|', " + coalesced(columns) + ") AS line")
        .sort("line")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static String coalesced(String... columns) {
    List<String> all = new ArrayList<>();
    for (String column : columns) {
      all.add("coalesce(cast(" + column + " as string), '-')");
    }
    return String.join(", ", all);
  }

  /** Midday of a day, in microseconds. */
  static long noon(int day) {
    return DAY_1.plusDays(day - 1L).atTime(12, 0).toInstant(ZoneOffset.UTC).toEpochMilli() * 1000;
  }

  static Object[] row(Object... values) {
    return values;
  }
}
