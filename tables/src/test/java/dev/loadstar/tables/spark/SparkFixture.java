package dev.loadstar.tables.spark;

import dev.loadstar.core.type.Column;
import dev.loadstar.lake.parquet.RowReader;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.TableWriter;
import dev.loadstar.tables.TestLakes;
import dev.loadstar.tables.TestStory;
import dev.loadstar.tables.stored.LakeAttempt;
import dev.loadstar.tables.stored.LakeTables;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** One table of a lake, written and read by Spark and by plain Java. */
final class SparkFixture {
  static final TableShape ALL =
      TestStory.shape(
          "dim_city",
          1,
          "id bigint",
          "name text",
          "price decimal(9,2)",
          "large decimal(38,4)",
          "day date",
          "at timestamp",
          "bytes binary");
  static final TableShape PRICE_AS_TEXT =
      TestStory.shape("dim_city", 1, "id bigint", "name text", "price text");
  static final TableShape PRICE_GONE = TestStory.shape("dim_city", 1, "id bigint", "name text");
  static final TableShape NUMBERS = TestStory.shape("fact_number", 1, "id bigint", "text text");
  static final TableShape NULLABLE = TestStory.shape("fact_pair", 2, "a text", "b bigint");
  static final TableShape NARROW =
      TestStory.shape(
          "dim_city",
          1,
          "id int",
          "a bigint",
          "b decimal(9,2)",
          "c float",
          "d int",
          "e bigint",
          "f decimal(9,2)");
  static final TableShape WIDE =
      TestStory.shape(
          "dim_city",
          1,
          "id bigint",
          "a decimal(22,2)",
          "b decimal(12,4)",
          "c double",
          "d decimal(12,2)",
          "e decimal(20,0)",
          "f decimal(30,2)");
  static final Object[][] NARROW_ROWS = {
    {1, Long.MIN_VALUE, new BigDecimal("1.25"), 0.5f, 3, 4L, new BigDecimal("5.00")},
    {2, null, null, null, null, null, null}
  };
  static final Object[] WIDE_ROW = {
    3L,
    new BigDecimal("1.00"),
    new BigDecimal("0.0001"),
    0.1,
    new BigDecimal("2.50"),
    new BigDecimal("-9"),
    new BigDecimal("1.00")
  };
  static final List<String> WIDENED =
      List.of("1 -9223372036854775808.00 1.2500 0.5 3.00 4 5.00", "2 - - - - - -");

  final LakeTables tables;
  private final SparkSession spark;
  private final Path folder;

  SparkFixture(Path folder) {
    this(folder, TablesSpark.shared());
  }

  SparkFixture(Path folder, SparkSession spark) {
    this.folder = folder;
    this.spark = spark;
    this.tables = LakeTables.of(TestLakes.in(folder));
  }

  static Path copy(SparkFixture fixture, Path to) {
    TestLakes.copy(fixture.folder, to);
    return to;
  }

  static Object[] row(long id, String name, String price, String large, Integer day, Long at) {
    return new Object[] {
      id,
      name,
      price == null ? null : new BigDecimal(price),
      large == null ? null : new BigDecimal(large),
      day,
      at,
      name == null ? null : name.getBytes(java.nio.charset.StandardCharsets.UTF_16BE)
    };
  }

  static Object[][] numbers(long from, long to, int version) {
    return LongStream.range(from, to)
        .mapToObj(id -> new Object[] {id, "version " + version})
        .toArray(Object[][]::new);
  }

  /** The first 10,000 have nothing in {@code a}, and as many more by another step. */
  static Object[][] pairs(long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(id -> new Object[] {id % 13 == 0 ? null : "%07d".formatted(id), id})
        .sorted(new dev.loadstar.tables.KeyOrder(NULLABLE.plainColumns(), NULLABLE.key()))
        .toArray(Object[][]::new);
  }

  SparkTables open(LakeAttempt attempt) {
    return new SparkTables(spark, tables, attempt, 0);
  }

  Commit head() {
    return tables.head().orElseThrow();
  }

  private Optional<Table> prior(TableShape shape) {
    return tables.head().map(head -> head.tables().get(shape.name()));
  }

  private void commit(LakeAttempt attempt, Table table) {
    attempt.commit(TestStory.note(attempt.number()), Map.of(table.name(), table));
  }

  void plain(TableShape shape, Object[]... rows) {
    plainDeleting(shape, rows);
  }

  void plainDeleting(TableShape shape, Object[][] rows, long... gone) {
    LakeAttempt attempt = tables.begin(tables.head());
    try (TableWriter writer = attempt.write(prior(shape), shape)) {
      List<Object[]> deletes = deletes(shape, gone);
      List<Object[]> all = new ArrayList<>(List.of(rows));
      all.addAll(deletes);
      all.sort(new dev.loadstar.tables.KeyOrder(shape.plainColumns(), shape.key()));
      for (Object[] row : all) {
        if (deletes.contains(row)) {
          writer.delete(row);
        } else {
          writer.put(row);
        }
      }
      commit(attempt, writer.finish(added(shape, rows, gone), 1));
    }
  }

  private static List<Object[]> deletes(TableShape shape, long... gone) {
    List<Object[]> rows = new ArrayList<>();
    for (long id : gone) {
      Object[] row = new Object[shape.columns().size()];
      row[0] = id;
      rows.add(row);
    }
    return rows;
  }

  private long added(TableShape shape, Object[][] rows, long... gone) {
    List<Object[]> keys =
        Arrays.stream(rows).map(row -> Arrays.copyOf(row, shape.key().size())).toList();
    return rows.length - gone.length - (shape.equals(ALL) ? rowsOf(shape, keys).size() : 0);
  }

  void spark(TableShape shape, Object[]... rows) {
    sparkDeleting(shape, rows);
  }

  void sparkDeleting(TableShape shape, Object[][] rows, long... gone) {
    LakeAttempt attempt = tables.begin(tables.head());
    try (SparkTables spark = open(attempt)) {
      Dataset<Row> changes =
          data(shape, rows)
              .withColumn(SparkTables.GOES, org.apache.spark.sql.functions.lit(false))
              .union(
                  data(shape, deletes(shape, gone).toArray(Object[][]::new))
                      .withColumn(SparkTables.GOES, org.apache.spark.sql.functions.lit(true)))
              .repartition(3);
      Written written = spark.writeChanges(shape, changes, rows.length + gone.length);
      commit(attempt, spark.plus(prior(shape), shape, written, added(shape, rows, gone), 1));
    }
  }

  void asNow(TableShape shape) {
    LakeAttempt attempt = tables.begin(tables.head());
    try (SparkTables spark = open(attempt)) {
      commit(attempt, spark.asNow(prior(shape).orElseThrow(), shape));
    }
  }

  /** Plain rows as Spark's. */
  Dataset<Row> data(TableShape shape, Object[][] rows) {
    List<Column> columns = shape.plainColumns();
    StructType encoded = new StructType();
    List<org.apache.spark.sql.Column> decoded = new ArrayList<>();
    for (Column column : columns) {
      encoded = encoded.add(column.name(), Encoding.encoded(column.type()));
      decoded.add(
          Encoding.decode(org.apache.spark.sql.functions.col(column.name()), column.type())
              .as(column.name()));
    }
    List<Row> all = Arrays.stream(rows).map(RowFactory::create).toList();
    return spark
        .createDataFrame(all, encoded)
        .select(decoded.toArray(org.apache.spark.sql.Column[]::new));
  }

  List<String> rows() {
    return rows(head().table("dim_city").shape());
  }

  List<String> rows(TableShape shape) {
    return words(tables.read(head().table(shape.name()), shape.plainColumns()), shape);
  }

  List<String> rowsOf(long... ids) {
    TableShape shape = head().table("dim_city").shape();
    return rowsOf(shape, LongStream.of(ids).mapToObj(id -> new Object[] {id}).toList());
  }

  private List<String> rowsOf(TableShape shape, List<Object[]> keys) {
    return prior(shape)
        .map(table -> words(tables.read(table, shape.plainColumns(), keys), shape))
        .orElse(List.of());
  }

  private static List<String> words(RowReader reader, TableShape shape) {
    return TestStory.words(reader, shape);
  }

  List<String> words(Dataset<Row> data, TableShape shape) {
    return TestStory.words(
        SparkRows.of(data).map(new PlainRows(shape.plainColumns())::read).collect());
  }

  List<String> sparkRows() {
    Table table = head().table("dim_city");
    try (SparkTables spark = open(tables.begin(tables.head()))) {
      return words(spark.read(table).sort("id"), table.shape());
    }
  }

  List<String> sparkRowsOf(long... ids) {
    Table table = head().table("dim_city");
    Dataset<Row> keys =
        data(
            TestStory.shape("k", 1, "id bigint"),
            LongStream.of(ids).mapToObj(id -> new Object[] {id}).toArray(Object[][]::new));
    try (SparkTables spark = open(tables.begin(tables.head()))) {
      return words(spark.read(table, keys).sort("id"), table.shape());
    }
  }

  List<String> changesFromFirst() {
    return TestStory.changes(tables, tables.find(1).orElseThrow(), head(), "dim_city");
  }
}
