package dev.loadstar.ingestion;

import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.project.ProjectFolder;
import dev.loadstar.core.time.BusinessDate;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.ingestion.model.Sources;
import dev.loadstar.jdbc.Retry.RetryPolicySettings;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.Lakes;
import dev.loadstar.lake.load.DataFile;
import dev.loadstar.lake.load.LeftOut;
import dev.loadstar.lake.load.LoadFiles;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.lake.load.RawLoad;
import dev.loadstar.lake.load.RecordFormat;
import dev.loadstar.lake.load.SetAside;
import dev.loadstar.lake.parquet.RowReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** A source whose rows are times, read as a table with a change time is, and a lake for them. */
final class Journal implements SourceAdapter<Journal.Part> {
  record Part(Optional<Long> from, long to, long known) implements Split {
    @Override
    public String name() {
      return "rows";
    }
  }

  static final EntityName ROWS = new EntityName("journal", "rows");
  private static final LocalDate START = LocalDate.of(2026, 1, 1);
  private static final long DAY = 1000;
  private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");
  private static final Column TIME = new Column("time", Simple.BIGINT);

  final Lake lake;
  final NavigableSet<Long> rows = new TreeSet<>();
  private final Sources sources;
  private final boolean dated;

  /**
   * @param dated whether the business date selects rows; else every load is of the state of now
   */
  Journal(Path folder, boolean dated) throws IOException {
    this.dated = dated;
    lake = Lakes.open(folder.resolve("lake").toString(), folder, Map.of());
    Files.writeString(
        folder.resolve("sources.yaml"),
        "journal:\n  database: \"${env:URL}\"\n  tables:\n    rows:\n");
    sources = Sources.read(new ProjectFolder(folder, "", new Problems())).orElseThrow();
  }

  /** A row of a day. */
  Journal row(int day, int minute) {
    rows.add(day * DAY + minute);
    return this;
  }

  @Override
  public ExtractionPlan<Part> plan(EntityRequest request) {
    long end = (request.date().date().toEpochDay() - START.toEpochDay() + 1) * DAY;
    Optional<Long> from = Optional.ofNullable(request.bookmark().get("value")).map(Long::valueOf);
    long known = Long.parseLong(request.latestBookmark().getOrDefault("value", "0"));
    return new ExtractionPlan<>(
        RecordFormat.TYPED,
        List.of(TIME),
        List.of(),
        Optional.empty(),
        ZoneOffset.UTC,
        dated,
        List.of(dated ? new Part(from, end, known) : new Part(Optional.empty(), end, known)),
        dated ? request.latestBookmark() : Map.of(),
        List.of());
  }

  @Override
  public SplitResult copy(Part part, RawRowSink sink) {
    List<Long> read =
        rows.stream()
            .filter(time -> time > part.from().orElse(0L) && (!dated || time < part.to()))
            .toList();
    for (int i = 0; i < read.size(); i++) {
      sink.row("rows", i + 1L, null, new Object[] {read.get(i)});
    }
    long highest = read.isEmpty() ? 0 : read.get(read.size() - 1);
    Map<String, String> bookmark =
        read.isEmpty() || !dated
            ? Map.of()
            : Map.of("value", Long.toString(Math.max(highest, part.known())));
    return new SplitResult(read.size(), List.of(), bookmark, List.of());
  }

  static LocalDate date(int day) {
    return START.plusDays(day);
  }

  IngestResult ingest(int day, IngestOptions options) {
    return new DataIngestionPipeline(
            lake,
            sources,
            source -> this,
            Clock.fixed(NOW, ZoneOffset.UTC),
            new RetryPolicySettings(1, Duration.ofMillis(1), Duration.ofMillis(2)),
            1)
        .ingest(new BusinessDate(date(day), ZoneOffset.UTC), List.of(ROWS), options)
        .get(0);
  }

  IngestResult ingest(int day) {
    return ingest(day, IngestOptions.USUAL);
  }

  IngestResult again(int day) {
    return ingest(day, new IngestOptions(true, false));
  }

  void setAside(long number) {
    lake.setAsides().add(new SetAside(ROWS, number, "of no use", NOW));
  }

  RawLoad load(long number) {
    return lake.raw().find(ROWS, number).orElseThrow();
  }

  /** As transform does with the next load. */
  void process(Optional<LeftOut> leftOut) {
    RawLoad raw = load(lake.processed().latest(ROWS).map(ProcessedLoad::number).orElse(0L) + 1);
    lake.processed()
        .claim(
            new ProcessedLoad(
                ROWS,
                raw.number(),
                raw.businessDate(),
                raw.latestDate(),
                raw.attempt(),
                LoadFiles.NONE,
                LoadFiles.NONE,
                raw.columns(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                "",
                leftOut,
                RowBalance.ZERO,
                NOW));
  }

  /** The rows of a load, as days and minutes. */
  List<Long> rowsOf(long number) {
    NavigableSet<Long> read = new TreeSet<>();
    for (DataFile file : load(number).files()) {
      try (RowReader reader = lake.newReader(file, List.of(TIME))) {
        for (Object[] row = reader.next(); row != null; row = reader.next()) {
          read.add((Long) row[0]);
        }
      }
    }
    return List.copyOf(read);
  }
}
