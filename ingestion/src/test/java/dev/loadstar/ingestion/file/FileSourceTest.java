package dev.loadstar.ingestion.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.secret.Reference;
import dev.loadstar.core.time.BusinessDate;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.core.yaml.Location;
import dev.loadstar.ingestion.EntityRequest;
import dev.loadstar.ingestion.ExtractionPlan;
import dev.loadstar.ingestion.SingleRows;
import dev.loadstar.ingestion.SplitResult;
import dev.loadstar.ingestion.model.FeedModel;
import dev.loadstar.ingestion.model.FilePattern;
import dev.loadstar.ingestion.model.FileSourceModel;
import dev.loadstar.lake.Lakes;
import dev.loadstar.lake.load.LoadFiles;
import dev.loadstar.lake.load.RawLoad;
import dev.loadstar.lake.load.RecordFormat;
import dev.loadstar.lake.parquet.RowWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
  private static final EntityName SALES = EntityName.parse("tills.sales");
  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

  @TempDir Path folder;

  /** Rows as {@code origin:row values}, and what the next load starts from. */
  private record Loaded(
      ExtractionPlan<FileSplit> plan,
      List<String> rows,
      List<String> malformed,
      List<String> fields,
      List<String> findings,
      Map<String, String> bookmark) {}

  @Test
  void aCsvFileKeepsItsTextsQuotesAndLineBreaks() throws IOException {
    put("sales_20260302_1.csv", "\uFEFFid,note\r\n007,\"a \"\"b\"\",\nc\"\r\n\r\n2,\r\n3,5\" pipe");

    Loaded loaded = load(DAY, Map.of());

    assertThat(loaded.plan().format()).isEqualTo(RecordFormat.TEXT);
    assertThat(loaded.plan().columns())
        .containsExactly(new Column("id", Simple.TEXT), new Column("note", Simple.TEXT));
    assertThat(loaded.rows())
        .containsExactly(
            "sales_20260302_1.csv:1 [007, a \"b\",\nc]",
            "sales_20260302_1.csv:2 [2, ]",
            "sales_20260302_1.csv:3 [3, 5\" pipe]");
    assertThat(loaded.malformed()).isEmpty();
  }

  @Test
  void brokenCsvRecordsAreKeptAsTheyCameAndReadingGoesOn() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("id,note\n1,a,b\n2\n\"3\"x,c\n4,".getBytes(StandardCharsets.UTF_8));
    bytes.write(0xE9);
    bytes.writeBytes("\n5,\u00e9\n6,\"open\n7,x\n".getBytes(StandardCharsets.UTF_8));
    Files.write(folder.resolve("sales_20260302_1.csv"), bytes.toByteArray());

    Loaded loaded = load(DAY, Map.of());

    assertThat(loaded.malformed())
        .containsExactly("1,a,b", "2", "\"3\"x,c", "4,\u00e9", "6,\"open\n7,x\n");
    assertThat(loaded.rows()).containsExactly("sales_20260302_1.csv:5 [5, \u00e9]");
    assertThat(loaded.findings())
        .containsExactly("5 of 6 records of sales_20260302_1.csv are malformed");
  }

  @Test
  void columnsAreTheUnionOfAllHeaders() throws IOException {
    put("sales_20260302_1.csv", "a,b\n1,2\n");
    put("sales_20260302_2.csv", "c,a\n3,4\n");

    assertThat(load(DAY, Map.of()).rows())
        .containsExactly(
            "sales_20260302_1.csv:1 [1, 2, null]", "sales_20260302_2.csv:1 [4, null, 3]");
  }

  @Test
  void csvBecomesJsonWhenALoadHasJsonLines() throws IOException {
    put("sales_20260302_1.csv", "id,note\n007,\"a \"\"b\"\"\"\n");
    put(
        "sales_20260302_2.jsonl",
        "{\"id\": 1.50, \"more\": {\"x\": [1]}}\r\n\n[1]\n{\"id\": 2\n{\"id\":null}");

    Loaded loaded = load(DAY, Map.of());

    assertThat(loaded.plan().format()).isEqualTo(RecordFormat.JSON);
    assertThat(loaded.plan().columns()).isEmpty();
    assertThat(loaded.rows())
        .containsExactly(
            "sales_20260302_1.csv:1 [{\"id\":\"007\",\"note\":\"a \\\"b\\\"\"}]",
            "sales_20260302_2.jsonl:1 [{\"id\": 1.50, \"more\": {\"x\": [1]}}]",
            "sales_20260302_2.jsonl:4 [{\"id\":null}]");
    assertThat(loaded.malformed()).containsExactly("[1]", "{\"id\": 2");
    assertThat(loaded.fields()).containsExactly("id", "note", "more");
  }

  @Test
  void onlyNewChangedAndLateFilesAreRead() throws IOException {
    put("sales_20260302_1.csv", "id\n1\n");
    put("sales_20260302_2.csv", "id\n2\n");
    put("sales_20260303_1.csv", "id\n3\n");
    Loaded first = load(DAY, Map.of());
    assertThat(first.rows()).hasSize(2);
    assertThat(load(DAY, first.bookmark()).rows()).isEmpty();

    put("sales_20260302_2.csv", "id\n22\n");
    put("sales_20260301_9.csv", "id\n0\n");
    Loaded second = load(DAY.plusDays(1), first.bookmark());

    assertThat(second.rows())
        .containsExactly(
            "sales_20260301_9.csv:1 [0]",
            "sales_20260302_2.csv:1 [22]",
            "sales_20260303_1.csv:1 [3]");
    assertThat(second.plan().boundedByDate()).isTrue();
    Files.delete(folder.resolve("sales_20260302_1.csv"));
    assertThat(load(DAY.plusDays(2), second.bookmark()).bookmark())
        .doesNotContainKey("sales_20260302_1.csv");
  }

  @Test
  void loadingADateAgainReadsItsFilesButForgetsNoLaterOne() throws IOException {
    put("sales_20260302_1.csv", "id\n1\n");
    put("sales_20260303_1.csv", "id\n3\n");
    Loaded first = load(DAY, Map.of());
    Loaded second = load(DAY.plusDays(1), first.bookmark());

    ExtractionPlan<FileSplit> again =
        source()
            .plan(
                new EntityRequest(
                    SALES,
                    new BusinessDate(DAY, ZoneOffset.UTC),
                    Optional.of(loadWith(second.bookmark())),
                    Optional.empty(),
                    false));

    assertThat(again.splits()).extracting(FileSplit::name).containsExactly("sales_20260302_1.csv");
    assertThat(again.bookmark()).containsKey("sales_20260303_1.csv");
  }

  @Test
  void nothingEmptyAndHeaderOnlyAreEmptyLoads() throws IOException {
    assertThat(load(DAY, Map.of()).rows()).isEmpty();
    put("sales_20260302_1.csv", "");
    put("sales_20260302_2.csv", "id,note");
    put("sales_20260302_3.csv.gz", "");
    Loaded loaded = load(DAY, Map.of());
    assertThat(loaded.rows()).isEmpty();
    assertThat(loaded.plan().columns()).hasSize(2);
    assertThat(loaded.bookmark()).hasSize(3);
  }

  @Test
  void gzipIsReadAndACutOffOneNamesTheFile() throws IOException {
    byte[] whole = gzip("id\n" + "1234567890\n".repeat(5000));
    Files.write(folder.resolve("sales_20260302_1.csv.gz"), whole);
    assertThat(load(DAY, Map.of()).rows()).hasSize(5000);

    Files.write(folder.resolve("sales_20260302_1.csv.gz"), Arrays.copyOf(whole, whole.length - 12));
    refused(ErrorCode.SOURCE_DATA_UNREADABLE, "sales_20260302_1.csv.gz", "cut off");
    put("sales_20260302_1.csv.gz", "id\n1\n");
    refused(ErrorCode.SOURCE_DATA_UNREADABLE, "sales_20260302_1.csv.gz");
  }

  @Test
  void anImpossibleHeaderNamesTheFile() throws IOException {
    put("sales_20260302_1.csv", "id,,x\n");
    refused(ErrorCode.SOURCE_DATA_UNREADABLE, "sales_20260302_1.csv", "empty or repeated name");
    Files.write(folder.resolve("sales_20260302_1.csv"), "id\n1".getBytes(StandardCharsets.UTF_16));
    refused(ErrorCode.SOURCE_DATA_UNREADABLE, "UTF-16");
  }

  @Test
  void aQuoteThatIsNeverClosedDoesNotFillTheMemory() throws IOException {
    put("sales_20260302_1.csv", "id\n\"" + "x".repeat(17 << 20));
    refused(ErrorCode.SOURCE_DATA_UNREADABLE, "longer than 16 MiB");
  }

  @Test
  void aFileChangedWhileItIsReadIsNotTakenAsRead() throws IOException {
    put("sales_20260302_1.csv", "id\n1\n");
    FileSource source = source();
    ExtractionPlan<FileSplit> plan = source.plan(request(DAY, Map.of()));
    put("sales_20260302_1.csv", "id\n1\n2\n");
    LoadException failure =
        catchThrowableOfType(
            LoadException.class,
            () ->
                source.copy(
                    plan.splits().get(0), new SingleRows((origin, row, malformed, values) -> {})));
    assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE);
  }

  @Test
  void parquetKeepsItsTypes() throws IOException {
    parquet("sales_20260302_1.parquet", Simple.INT, new Object[] {7, "x"});
    parquet("sales_20260302_2.parquet", Simple.BIGINT, new Object[] {8L, null});

    Loaded loaded = load(DAY, Map.of());

    assertThat(loaded.plan().format()).isEqualTo(RecordFormat.TYPED);
    assertThat(loaded.plan().columns())
        .containsExactly(new Column("id", Simple.BIGINT), new Column("note", Simple.TEXT));
    assertThat(loaded.rows())
        .containsExactly(
            "sales_20260302_1.parquet:1 [7, x]", "sales_20260302_2.parquet:1 [8, null]");
    parquet("sales_20260302_3.parquet", Simple.TEXT, new Object[] {"z", null});
    refused(ErrorCode.SCHEMA_MISMATCH, "sales_20260302_3.parquet", "id is text");
    put("sales_20260302_4.csv", "id\n1");
    refused(ErrorCode.CONFIGURATION_INVALID, "Parquet files among files of text");
  }

  @Test
  void aMissingDayAndAnUnknownEndingAreFindings() throws IOException {
    put("sales_20260301_1.csv", "id\n1\n");
    put("sales_20260301_1.csv.tmp", "id\n1\n");

    assertThat(load(DAY, Map.of()).findings())
        .contains("no file for 2026-03-02 has arrived")
        .anyMatch(finding -> finding.startsWith("sales_20260301_1.csv.tmp was not read"));
    put("sales_20260302_1.csv", "id\n1\n");
    assertThat(load(DAY, Map.of()).findings()).noneMatch(finding -> finding.startsWith("no file"));
  }

  @Test
  void addressesOfOtherKindsAndMissingFoldersAreRefused() {
    assertThatThrownBy(() -> source("sftp://host/x"))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("sftp and https are not supported");
    assertThatThrownBy(() -> source("missing").plan(request(DAY, Map.of())))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
  }

  private void refused(ErrorCode code, String... words) {
    LoadException failure = catchThrowableOfType(LoadException.class, () -> load(DAY, Map.of()));
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure).hasMessageContainingAll(words);
  }

  private Loaded load(LocalDate date, Map<String, String> bookmark) {
    FileSource source = source();
    ExtractionPlan<FileSplit> plan = source.plan(request(date, bookmark));
    List<String> rows = new ArrayList<>();
    List<String> bad = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    List<String> findings = new ArrayList<>(plan.findings());
    Map<String, String> next = new HashMap<>(plan.bookmark());
    for (FileSplit split : plan.splits()) {
      int before = rows.size() + bad.size();
      SplitResult result =
          source.copy(
              split,
              new SingleRows(
                  (origin, row, malformed, values) -> {
                    if (malformed != null) {
                      bad.add(malformed);
                    } else {
                      rows.add(origin + ":" + row + " " + Arrays.toString(values));
                    }
                  }));
      assertThat(result.rows()).isEqualTo(rows.size() + bad.size() - before);
      result.fields().stream().filter(name -> !fields.contains(name)).forEach(fields::add);
      findings.addAll(result.findings());
      next.putAll(result.bookmark());
    }
    return new Loaded(plan, rows, bad, fields, findings, next);
  }

  private FileSource source() {
    return source(folder.toString());
  }

  private FileSource source(String address) {
    FeedModel feed =
        new FeedModel(
            SALES,
            true,
            List.of(),
            Map.of(),
            Optional.empty(),
            List.of(FilePattern.parse("sales_{yyyyMMdd}_*")),
            true,
            ',',
            Location.of("sources.yaml"));
    FileSourceModel model =
        new FileSourceModel(
            "tills",
            Optional.empty(),
            new Reference(address, Location.of("sources.yaml")),
            List.of(feed),
            Location.of("sources.yaml"));
    return FileSource.open(model, address, folder, ZoneOffset.UTC, Map.of());
  }

  private static EntityRequest request(LocalDate date, Map<String, String> bookmark) {
    Optional<RawLoad> previous =
        bookmark.isEmpty() ? Optional.empty() : Optional.of(loadWith(bookmark));
    return new EntityRequest(
        SALES, new BusinessDate(date, ZoneOffset.UTC), previous, previous, false);
  }

  private static RawLoad loadWith(Map<String, String> bookmark) {
    return new RawLoad(
        SALES,
        1,
        DAY,
        DAY,
        "attempt",
        RecordFormat.TEXT,
        LoadFiles.NONE,
        List.of(),
        List.of(),
        Optional.empty(),
        "UTC",
        bookmark,
        RowBalance.ZERO,
        Instant.EPOCH);
  }

  private void put(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private void parquet(String name, Simple idType, Object[] row) throws IOException {
    Path lake = Files.createTempDirectory(folder, "lake");
    List<Column> columns = List.of(new Column("id", idType), new Column("note", Simple.TEXT));
    try (RowWriter writer =
        Lakes.open(lake.toString(), folder, Map.of()).newWriter("file.parquet", columns)) {
      writer.write(row);
      assertThat(writer.finish().rows()).isEqualTo(1);
    }
    Files.move(lake.resolve("file.parquet"), folder.resolve(name));
  }
}
