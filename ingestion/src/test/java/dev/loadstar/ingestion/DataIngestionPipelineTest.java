package dev.loadstar.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
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
import dev.loadstar.lake.load.RawLoad;
import dev.loadstar.lake.load.RecordFormat;
import dev.loadstar.lake.parquet.RowReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DataIngestionPipelineTest {
  private static final EntityName GOOD = new EntityName("shop", "good");
  private static final EntityName BAD = new EntityName("shop", "bad");
  private static final EntityName SPARE = new EntityName("shop", "spare");
  private static final BusinessDate FRIDAY =
      new BusinessDate(LocalDate.of(2026, 11, 20), ZoneOffset.UTC);
  private static final BusinessDate SATURDAY =
      new BusinessDate(LocalDate.of(2026, 11, 21), ZoneOffset.UTC);
  private static final Column NAME = new Column("name", Simple.TEXT);

  @TempDir Path folder;
  private Lake lake;
  private Sources sources;

  /** Two splits of two rows each; what goes wrong is up to the test. */
  private static class TwoSplits implements SourceAdapter<TwoSplits.Part> {
    record Part(EntityName entity, String name) implements Split {}

    @Override
    public ExtractionPlan<Part> plan(EntityRequest request) {
      return new ExtractionPlan<>(
          RecordFormat.TEXT,
          List.of(NAME),
          List.of("name"),
          Optional.empty(),
          ZoneOffset.UTC,
          true,
          List.of(new Part(request.entity(), "a"), new Part(request.entity(), "b")),
          Map.of("kept", "yes", "a", "old"),
          List.of());
    }

    @Override
    public SplitResult copy(Part split, RawRowSink sink) {
      sink.row(split.name(), 1, null, new Object[] {"x"});
      sink.row(split.name(), 2, "broken \u0000 line", null);
      return new SplitResult(
          2, List.of(), Map.of(split.name(), "new"), List.of("saw " + split.name()));
    }
  }

  @BeforeEach
  void openLakeAndProject() throws IOException {
    lake = Lakes.open(folder.resolve("lake").toString(), folder, Map.of());
    Files.writeString(
        folder.resolve("sources.yaml"),
        """
        shop:
          database: ${env:URL}
          tables:
            good:
            bad:
            spare: { required: false }
        """);
    sources = Sources.read(new ProjectFolder(folder, "", new Problems())).orElseThrow();
  }

  private DataIngestionPipeline pipeline(SourceAdapter<?> adapter) {
    return new DataIngestionPipeline(
        lake,
        sources,
        source -> adapter,
        Clock.fixed(Instant.parse("2026-11-21T02:00:00Z"), ZoneOffset.UTC),
        new RetryPolicySettings(3, Duration.ofMillis(1), Duration.ofMillis(2)),
        2);
  }

  private List<List<Object>> rows(RawLoad load, Column... columns) {
    List<List<Object>> rows = new ArrayList<>();
    for (DataFile file : load.files()) {
      try (RowReader reader = lake.newReader(file, List.of(columns))) {
        for (Object[] row = reader.next(); row != null; row = reader.next()) {
          rows.add(new ArrayList<>(Arrays.asList(row)));
        }
      }
    }
    return rows;
  }

  @Test
  void writesEverySplitAndKeepsWhatTheySay() {
    IngestResult result =
        pipeline(new TwoSplits()).ingest(FRIDAY, List.of(GOOD), IngestOptions.USUAL).get(0);

    RawLoad load = lake.raw().latest(GOOD).orElseThrow();
    assertThat(load.files()).hasSize(2);
    assertThat(load.bookmark()).isEqualTo(Map.of("kept", "yes", "a", "new", "b", "new"));
    assertThat(result.findings()).containsExactly("saw a", "saw b");
    assertThat(result.balance().orElseThrow().rows().read()).isEqualTo(4);
    assertThat(
            rows(
                load,
                new Column("_origin", Simple.TEXT),
                new Column("_row", Simple.BIGINT),
                new Column("_malformed", Simple.TEXT),
                NAME))
        .containsExactly(
            Arrays.asList("a", 1L, null, "x"),
            Arrays.asList("a", 2L, "broken \u0000 line", null),
            Arrays.asList("b", 1L, null, "x"),
            Arrays.asList("b", 2L, "broken \u0000 line", null));
  }

  @Test
  void readsAgainIntoAFreshFileWhatWasUnreachableOnce() {
    AtomicInteger copies = new AtomicInteger();
    IngestResult result =
        pipeline(
                new TwoSplits() {
                  @Override
                  public SplitResult copy(Part split, RawRowSink sink) {
                    SplitResult all = super.copy(split, sink);
                    if (copies.incrementAndGet() == 1) {
                      throw new LoadException(ErrorCode.UNREACHABLE, "Cannot read: it went away.");
                    }
                    return all;
                  }
                })
            .ingest(FRIDAY, List.of(GOOD), IngestOptions.USUAL)
            .get(0);

    assertThat(copies).hasValue(3);
    assertThat(result.rows()).isEqualTo(4);
    assertThat(rows(lake.raw().latest(GOOD).orElseThrow(), NAME)).hasSize(4);
  }

  @Test
  void oneFailureStopsNoOtherAndAnOptionalOneStopsNothing() {
    SourceAdapter<?> failing =
        new TwoSplits() {
          @Override
          public ExtractionPlan<Part> plan(EntityRequest request) {
            if (request.entity().equals(GOOD)) {
              return super.plan(request);
            }
            throw new LoadException(ErrorCode.UNREACHABLE, "Cannot read " + request.entity() + ".");
          }
        };
    List<IngestResult> heard = new ArrayList<>();

    assertThatThrownBy(
            () ->
                pipeline(failing)
                    .ingest(FRIDAY, List.of(BAD, SPARE, GOOD), IngestOptions.USUAL, heard::add))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREACHABLE))
        .hasMessageContaining("shop.bad")
        .hasMessageNotContaining("shop.spare");
    assertThat(heard)
        .extracting(r -> r.entity() + " " + r.outcome())
        .containsExactlyInAnyOrder(
            "shop.bad FAILED", "shop.spare SKIPPED_OPTIONAL", "shop.good LOADED");
    assertThat(lake.raw().latest(GOOD)).isPresent();

    assertThat(pipeline(failing).ingest(FRIDAY, List.of(SPARE, GOOD), IngestOptions.USUAL))
        .extracting(IngestResult::outcome)
        .containsExactly(
            IngestResult.Outcome.SKIPPED_OPTIONAL, IngestResult.Outcome.ALREADY_LOADED);
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {
        "UNREACHABLE",
        "NOT_FOUND",
        "DATE_REFUSED",
        "DRIFT_REFUSED",
        "SCHEMA_MISMATCH",
        "SOURCE_DATA_UNREADABLE"
      },
      mode = EnumSource.Mode.EXCLUDE)
  void aMistakeIsNotSkippedThoughItsEntityIsNotRequired(ErrorCode code) {
    assertThatThrownBy(
            () -> pipeline(failing(code)).ingest(FRIDAY, List.of(SPARE), IngestOptions.USUAL))
        .isInstanceOfSatisfying(LoadException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining("shop.spare");
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {
        "UNREACHABLE",
        "NOT_FOUND",
        "DATE_REFUSED",
        "DRIFT_REFUSED",
        "SCHEMA_MISMATCH",
        "SOURCE_DATA_UNREADABLE"
      })
  void thatWhatIsNotRequiredIsAbsentOrMakesNoSenseIsAFinding(ErrorCode code) {
    IngestResult result =
        pipeline(failing(code)).ingest(FRIDAY, List.of(SPARE), IngestOptions.USUAL).get(0);
    assertThat(result.outcome()).isEqualTo(IngestResult.Outcome.SKIPPED_OPTIONAL);
    assertThat(result.findings())
        .containsExactly("skipped, since it is not required: Cannot read shop.spare.");
  }

  private static SourceAdapter<?> failing(ErrorCode code) {
    return new TwoSplits() {
      @Override
      public ExtractionPlan<Part> plan(EntityRequest request) {
        throw new LoadException(code, "Cannot read " + request.entity() + ".");
      }
    };
  }

  @Test
  void whatAPersonMustCorrectIsNotHiddenByWhatMayPass() {
    SourceAdapter<?> failing =
        new TwoSplits() {
          @Override
          public ExtractionPlan<Part> plan(EntityRequest request) {
            boolean good = request.entity().equals(GOOD);
            throw new LoadException(
                good ? ErrorCode.UNREACHABLE : ErrorCode.CREDENTIALS_REFUSED,
                "Cannot read " + request.entity() + ".");
          }
        };

    assertThatThrownBy(
            () -> pipeline(failing).ingest(FRIDAY, List.of(GOOD, BAD), IngestOptions.USUAL))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CREDENTIALS_REFUSED))
        .hasMessageContaining("Cannot read shop.bad.")
        .hasMessageContaining("Cannot read shop.good.");
  }

  @Test
  void refusesALoadWhoseRowsDoNotAddUp() {
    SourceAdapter<?> losing =
        new TwoSplits() {
          @Override
          public SplitResult copy(Part split, RawRowSink sink) {
            SplitResult all = super.copy(split, sink);
            return new SplitResult(all.rows() + 1, all.fields(), all.bookmark(), all.findings());
          }
        };

    assertThatThrownBy(() -> pipeline(losing).ingest(FRIDAY, List.of(GOOD), IngestOptions.USUAL))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IMBALANCE));
    assertThat(lake.raw().latest(GOOD)).isEmpty();
  }

  @Test
  void onlyTheSourceOfAnOptionalEntityMayFail() {
    SourceAdapter<?> losing =
        new TwoSplits() {
          @Override
          public SplitResult copy(Part split, RawRowSink sink) {
            SplitResult all = super.copy(split, sink);
            return new SplitResult(all.rows() + 1, all.fields(), all.bookmark(), all.findings());
          }
        };
    assertThatThrownBy(() -> pipeline(losing).ingest(FRIDAY, List.of(SPARE), IngestOptions.USUAL))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IMBALANCE));
    assertThat(lake.raw().latest(SPARE)).isEmpty();
  }

  /** Another run claims the number between the plan and the claim of this one. */
  private SourceAdapter<?> overtakenBy(BusinessDate date) {
    return new TwoSplits() {
      private boolean first = true;

      @Override
      public SplitResult copy(Part split, RawRowSink sink) {
        if (first) {
          first = false;
          var unused = pipeline(new TwoSplits()).ingest(date, List.of(SPARE), IngestOptions.USUAL);
        }
        return super.copy(split, sink);
      }
    };
  }

  @Test
  void aRunThatIsOvertakenGoesOnWithTheOthersLoadOfTheDate() {
    List<IngestResult> results =
        pipeline(overtakenBy(FRIDAY)).ingest(FRIDAY, List.of(SPARE), IngestOptions.USUAL);

    assertThat(results)
        .extracting(IngestResult::outcome)
        .containsExactly(IngestResult.Outcome.ALREADY_LOADED);
    assertThat(lake.raw().latest(SPARE).orElseThrow().number()).isEqualTo(1);
  }

  @Test
  void aRunThatIsOvertakenByAnotherDateStops() {
    SourceAdapter<?> overtaken = overtakenBy(SATURDAY);

    assertThatThrownBy(
            () -> pipeline(overtaken).ingest(FRIDAY, List.of(SPARE), IngestOptions.USUAL))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RUN_AHEAD));
    assertThat(lake.raw().latest(SPARE).orElseThrow().number()).isEqualTo(1);
  }

  @Test
  void refusesAColumnThatIsNamedLikeOneOfItsOwn() {
    SourceAdapter<?> clashing =
        new TwoSplits() {
          @Override
          public ExtractionPlan<Part> plan(EntityRequest request) {
            ExtractionPlan<Part> plan = super.plan(request);
            return new ExtractionPlan<>(
                plan.format(),
                List.of(NAME, new Column("_row", Simple.TEXT)),
                plan.key(),
                plan.cursor(),
                plan.timezone(),
                true,
                plan.splits(),
                plan.bookmark(),
                plan.findings());
          }
        };

    assertThatThrownBy(() -> pipeline(clashing).ingest(FRIDAY, List.of(GOOD), IngestOptions.USUAL))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_MISMATCH));
  }

  @Test
  void anUnexpectedFailureIsNeverOptional() {
    SourceAdapter<?> broken =
        new TwoSplits() {
          @Override
          public ExtractionPlan<Part> plan(EntityRequest request) {
            throw new IllegalStateException("secret value");
          }
        };

    assertThatThrownBy(() -> pipeline(broken).ingest(FRIDAY, List.of(SPARE), IngestOptions.USUAL))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL))
        .hasMessageNotContaining("secret value");
  }
}
