package dev.loadstar.app.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.project.ProjectFolder;
import dev.loadstar.core.secret.Secret;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.Lakes;
import dev.loadstar.lake.load.LoadFiles;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.lake.load.RawLoad;
import dev.loadstar.lake.load.RecordFormat;
import dev.loadstar.lake.parquet.RowWriter;
import dev.loadstar.masking.MaskingRules;
import dev.loadstar.masking.key.MaskingKeys;
import dev.loadstar.masking.spark.Masker;
import dev.loadstar.transform.DataStandardizer;
import dev.loadstar.transform.EntityDeclaration;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A marker in every personal column and in broken records is found in raw and nowhere else. */
class PlantedMarkerTest {
  private static final String MARKER = "zqxMARKERzqx";
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final EntityName PEOPLE = EntityName.parse("shop.people");
  private static final Instant NOW = Instant.parse("2026-11-20T02:00:00Z");
  private static final List<Column> FIELDS =
      Stream.of("id", "name", "email", "phone", "born", "unlisted", "n")
          .map(name -> new Column(name, Simple.TEXT))
          .toList();

  @TempDir Path folder;

  /** All that is logged, on every level down to INFO, with stack traces. */
  private static final class Log extends AbstractAppender {
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

    Log() {
      super("planted", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      StringWriter text = new StringWriter();
      text.write(event.getMessage().getFormattedMessage());
      if (event.getThrown() != null) {
        event.getThrown().printStackTrace(new PrintWriter(text));
      }
      lines.add(text.toString());
    }
  }

  private static SparkSession spark() {
    return SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.io.encryption.enabled", "true")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate();
  }

  private Masker masker() throws IOException {
    Files.createDirectories(folder.resolve("p/masking"));
    Files.writeString(
        folder.resolve("p/masking/classification.yaml"),
        """
        entities:
          shop.people: { id: not_personal, name: person_name, email: email, phone: phone, born: birth_date, n: not_personal }
        """);
    Files.writeString(
        folder.resolve("p/masking/policies.yaml"),
        """
        classes: { email: hash, phone: { technique: partial, keep_last: 2 }, birth_date: { technique: generalize, to: year } }
        columns:
          shop.people.phone: { technique: nullify, when: name = 'x', reason: because }
        """);
    Problems problems = new Problems();
    MaskingRules rules =
        MaskingRules.read(new ProjectFolder(folder.resolve("p"), "", problems), Set.of(PEOPLE))
            .orElseThrow();
    MaskingKeys keys = new MaskingKeys(List.of(new MaskingKeys.Key("k1", new Secret(KEY))));
    return new Masker(rules, keys, Optional.empty());
  }

  private static void raw(Lake lake, int number, int broken) {
    List<Column> columns =
        List.of(
            new Column("_origin", Simple.TEXT),
            new Column("_row", Simple.BIGINT),
            new Column("_ingested_at", Simple.TIMESTAMP),
            new Column("_malformed", Simple.TEXT),
            new Column("_record", Simple.TEXT));
    String attempt = lake.newAttempt();
    LocalDate date = LocalDate.parse("2026-11-20");
    String whole =
        "{\"id\":%d,\"name\":\"%2$s\",\"email\":\"%2$s@x\",\"phone\":\"%2$s\",\"born\":\"%2$s\",\"unlisted\":\"%2$s\",\"n\":%3$s}";
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      rows.add(new Object[] {null, whole.formatted(i % 150, MARKER, "1")});
    }
    for (int i = 0; i < broken; i++) {
      rows.add(new Object[] {null, whole.formatted(1000 + i, MARKER, "\"" + MARKER + "\"")});
      rows.add(new Object[] {null, "{\"name\":\"" + MARKER});
      rows.add(new Object[] {"1,2," + MARKER, null});
      rows.add(new Object[] {null, "{\"name\":\"" + MARKER + "\"}"});
    }
    try (RowWriter writer =
        lake.newWriter(Lake.rawFolder(PEOPLE, date, attempt) + "/0.parquet", columns)) {
      for (int i = 0; i < rows.size(); i++) {
        Object[] row = rows.get(i);
        writer.write(new Object[] {"f.jsonl", i + 1L, 0L, row[0], row[1]});
      }
      lake.raw()
          .claim(
              new RawLoad(
                  PEOPLE,
                  number,
                  date,
                  date,
                  attempt,
                  RecordFormat.JSON,
                  LoadFiles.of(writer.finish()),
                  FIELDS,
                  List.of(),
                  Optional.empty(),
                  "UTC",
                  Map.of(),
                  RowBalance.allPassed(rows.size()),
                  NOW));
    }
  }

  @Test
  void theMarkerIsFoundInRawAndNowhereElse() throws IOException {
    Log log = new Log();
    log.start();
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    SparkSession spark = spark();
    context.getConfiguration().getRootLogger().addAppender(log, Level.INFO, null);
    context.getConfiguration().getRootLogger().setLevel(Level.INFO);
    context.updateLoggers();
    try {
      transformAndFail(spark);
    } finally {
      context.getConfiguration().getRootLogger().removeAppender("planted");
      context.getConfiguration().getRootLogger().setLevel(Level.WARN);
      context.updateLoggers();
    }

    assertThat(log.lines)
        .as("both loads were heard at INFO")
        .filteredOn(line -> line.matches("(?s)Job \\d+ finished: parquet at LoadTransform.*"))
        .hasSizeGreaterThanOrEqualTo(2);
    assertThat(log.lines).noneMatch(line -> line.contains(MARKER) || line.contains(KEY));
    assertThat(filesWithMarker(folder)).isNotEmpty().allMatch(path -> path.contains("/raw/"));
  }

  private void transformAndFail(SparkSession spark) throws IOException {
    Lake lake = Lakes.open(folder.resolve("lake").toString(), folder, Map.of());
    raw(lake, 1, 5);
    raw(lake, 2, 500);
    EntityDeclaration declaration =
        new EntityDeclaration(
            List.of("id"),
            Map.of("id", Simple.BIGINT, "n", new ColumnType.Decimal(10, 2)),
            Optional.empty(),
            Set.of("name", "email", "unlisted"));
    DataStandardizer standardizer =
        new DataStandardizer(
            () -> spark,
            lake,
            Clock.fixed(NOW, java.time.ZoneOffset.UTC),
            new MaskerPass(masker()),
            entity -> declaration,
            Optional.of(new java.math.BigDecimal("0.5")));

    assertThatThrownBy(() -> standardizer.transform(PEOPLE))
        .isInstanceOf(LoadException.class)
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain(MARKER))
        .hasMessageContaining("2000 of 2200 rows were rejected");

    ProcessedLoad first = lake.processed().latest(PEOPLE).orElseThrow();
    assertThat(first.balance()).isEqualTo(new RowBalance(220, 0, 150, 0, 50, 0, 20, 0));
    assertThat(first.withheld()).containsExactly("unlisted");
    assertThat(first.digests()).containsExactly("name", "email", "phone", "born");
    assertThat(first.quarantineReasons())
        .isEqualTo(
            Map.of(
                "not_a_number", 5L, "invalid_json", 5L, "malformed_record", 5L, "missing_key", 5L));
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /** Parquet is compressed, so files are read through Spark; others byte by byte. */
  private static List<String> filesWithMarker(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> holdsMarker(file))
          .map(Path::toString)
          .toList();
    }
  }

  private static boolean holdsMarker(Path file) {
    try {
      if (file.toString().endsWith(".parquet")) {
        return spark()
                .read()
                .parquet(file.toString())
                .toJSON()
                .toJavaRDD()
                .filter(row -> row.contains("zqxMARKERzqx"))
                .count()
            > 0;
      }
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(MARKER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
