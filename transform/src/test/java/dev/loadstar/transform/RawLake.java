package dev.loadstar.transform;

import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.CanonicalText;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.Lakes;
import dev.loadstar.lake.load.DataFile;
import dev.loadstar.lake.load.LoadFiles;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.lake.load.RawLoad;
import dev.loadstar.lake.load.RecordFormat;
import dev.loadstar.lake.parquet.RowReader;
import dev.loadstar.lake.parquet.RowWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/** A lake in a folder, filled by hand as ingestion would. */
final class RawLake {
  static final EntityName ORDERS = EntityName.parse("shop.orders");
  static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");
  final Lake lake;
  private final List<Column> columns = new ArrayList<>();
  private String zone = "UTC";
  private List<String> key = List.of();
  private Optional<String> cursor = Optional.empty();
  private int number;
  private long fewRows = 1_000;
  private Optional<LocalDate> date = Optional.empty();
  private LocalDate latest = LocalDate.MIN;

  RawLake(Path folder) {
    lake = Lakes.open(folder.toString(), folder, Map.of());
  }

  RawLake column(String name, dev.loadstar.core.type.ColumnType type) {
    columns.add(new Column(name, type));
    return this;
  }

  /** The following loads have this column alone. */
  RawLake only(String name, dev.loadstar.core.type.ColumnType type) {
    columns.clear();
    return column(name, type);
  }

  RawLake zone(String id) {
    zone = id;
    return this;
  }

  /** The business date of the following loads; else each has the next day. */
  RawLake date(String day) {
    date = Optional.of(LocalDate.parse(day));
    return this;
  }

  RawLake key(String... names) {
    key = List.of(names);
    return this;
  }

  RawLake cursor(String name) {
    cursor = Optional.of(name);
    return this;
  }

  /** One file of rows whose values are the columns', or the record. */
  RawLoad load(RecordFormat format, Object[]... rows) {
    List<Column> own =
        format == RecordFormat.JSON
            ? List.of(new Column("_record", Simple.TEXT))
            : format == RecordFormat.TEXT
                ? columns.stream().map(c -> new Column(c.name(), Simple.TEXT)).toList()
                : columns;
    List<Column> all = new ArrayList<>();
    all.add(new Column("_origin", Simple.TEXT));
    all.add(new Column("_row", Simple.BIGINT));
    all.add(new Column("_ingested_at", Simple.TIMESTAMP));
    all.add(new Column("_malformed", Simple.TEXT));
    all.addAll(own);
    String attempt = lake.newAttempt();
    LocalDate day = date.orElse(LocalDate.parse("2026-11-20").plusDays(number));
    latest = day.isAfter(latest) ? day : latest;
    String folder = Lake.rawFolder(ORDERS, day, attempt);
    LoadFiles files = LoadFiles.NONE;
    if (rows.length > 0) {
      try (RowWriter writer = lake.newWriter(folder + "/0.parquet", all)) {
        for (int i = 0; i < rows.length; i++) {
          Object[] row = new Object[all.size()];
          row[0] = "a.csv";
          row[1] = i + 1L;
          row[2] = NOW.getEpochSecond() * 1_000_000L;
          if (rows[i].length == 1 && rows[i][0] instanceof Malformed malformed) {
            row[3] = malformed.text();
          } else {
            System.arraycopy(rows[i], 0, row, 4, rows[i].length);
          }
          writer.write(row);
        }
        files = LoadFiles.of(writer.finish());
      }
    }
    number++;
    RawLoad load =
        new RawLoad(
            ORDERS,
            number,
            day,
            latest,
            attempt,
            format,
            files,
            columns,
            key,
            cursor,
            zone,
            Map.of(),
            RowBalance.allPassed(rows.length),
            NOW);
    lake.raw().claim(load);
    return load;
  }

  /** A record that could not be split. */
  record Malformed(String text) {}

  static EntityDeclaration nothingDeclared() {
    return new EntityDeclaration(List.of(), Map.of(), Optional.empty(), java.util.Set.of());
  }

  List<ProcessedLoad> transform(EntityDeclaration declaration, Optional<BigDecimal> guard) {
    return transform(entity -> declaration, guard);
  }

  List<ProcessedLoad> transform(Function<EntityName, EntityDeclaration> declarations) {
    return transform(declarations, Optional.empty());
  }

  private List<ProcessedLoad> transform(
      Function<EntityName, EntityDeclaration> declarations, Optional<BigDecimal> guard) {
    return standardizer(declarations, guard, new OpenMasking()).transform(ORDERS);
  }

  DataStandardizer standardizer(
      Function<EntityName, EntityDeclaration> declarations,
      Optional<BigDecimal> guard,
      MaskingPass masking) {
    return new DataStandardizer(
        fewRows == 0 ? TransformTestSpark::shared : RawLake::notNeeded,
        lake,
        Clock.fixed(NOW, ZoneOffset.UTC),
        masking,
        declarations,
        guard,
        fewRows);
  }

  private static SparkSession notNeeded() {
    throw new AssertionError("Spark was asked for");
  }

  /** Up to how many rows are transformed without Spark; with 0 it may be asked for. */
  RawLake few(long rows) {
    fewRows = rows;
    return this;
  }

  ProcessedLoad transform(EntityDeclaration declaration) {
    List<ProcessedLoad> all = transform(declaration, Optional.empty());
    return all.get(all.size() - 1);
  }

  /** Rows of a processed load as text, in reading order: {@code a|b|null}. */
  List<String> rows(ProcessedLoad load) {
    return texts(load.files(), load.columns(), 1);
  }

  /** {@code _row reason column}. */
  List<String> quarantine(ProcessedLoad load) {
    List<Column> asked =
        List.of(
            new Column("_row", Simple.BIGINT),
            new Column("reason", Simple.TEXT),
            new Column("column_name", Simple.TEXT));
    return texts(load.quarantine(), asked, 0);
  }

  private List<String> texts(LoadFiles files, List<Column> asked, int hidden) {
    List<Column> all = new ArrayList<>();
    for (int i = 0; i < hidden; i++) {
      all.add(new Column("_row", Simple.BIGINT));
    }
    all.addAll(asked);
    List<Object[]> rows = new ArrayList<>();
    for (DataFile file : files) {
      try (RowReader reader = lake.newReader(file, all)) {
        for (Object[] row = reader.next(); row != null; row = reader.next()) {
          rows.add(row.clone());
        }
      }
    }
    rows.sort(java.util.Comparator.comparing(row -> (Long) row[0]));
    return rows.stream().map(row -> text(row, all, hidden)).toList();
  }

  private static String text(Object[] row, List<Column> columns, int from) {
    String[] texts = new String[columns.size() - from];
    Arrays.setAll(texts, i -> CanonicalText.of(row[i + from], columns.get(i + from).type()));
    return String.join("|", Arrays.stream(texts).map(String::valueOf).toList());
  }
}
