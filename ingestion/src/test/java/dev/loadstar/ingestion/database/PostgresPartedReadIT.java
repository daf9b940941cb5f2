package dev.loadstar.ingestion.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.project.ProjectFolder;
import dev.loadstar.core.row.RowBatch;
import dev.loadstar.core.secret.References;
import dev.loadstar.core.secret.Secret;
import dev.loadstar.core.time.BusinessDate;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.ingestion.DataIngestionPipeline;
import dev.loadstar.ingestion.EntityRequest;
import dev.loadstar.ingestion.ExtractionPlan;
import dev.loadstar.ingestion.IngestOptions;
import dev.loadstar.ingestion.RawRowSink;
import dev.loadstar.ingestion.ResolvedReferences;
import dev.loadstar.ingestion.SourceAdapter;
import dev.loadstar.ingestion.SplitResult;
import dev.loadstar.ingestion.model.DatabaseSourceModel;
import dev.loadstar.ingestion.model.Sources;
import dev.loadstar.jdbc.Database;
import dev.loadstar.jdbc.Retry.RetryPolicySettings;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.Lakes;
import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are large enough to be read in parts: a row per block, and more than four ranges. */
class PostgresPartedReadIT {
  private static final EntityName EVENTS = new EntityName("shop", "events");
  private static final BusinessDate DATE =
      new BusinessDate(LocalDate.of(2026, 11, 20), ZoneOffset.UTC);
  private static final long ROWS = 4_200;

  @TempDir Path folder;
  private final TestDatabase server = TestPostgres.shared();
  private String url = "";
  private String user = "";

  @BeforeEach
  void createTable() throws SQLException {
    url = server.freshDatabase();
    user = server.user();
    sql(
        "CREATE TABLE events (event_id bigint, note text)",
        "ALTER TABLE events ALTER note SET STORAGE PLAIN",
        "INSERT INTO events SELECT n, repeat(md5(n::text), 150) FROM generate_series(1, "
            + ROWS
            + ") n");
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection = server.connect(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private DatabaseSourceModel model(String table) {
    Problems problems = new Problems();
    try {
      Files.writeString(
          folder.resolve("sources.yaml"),
          """
          shop:
            database: ${env:URL}
            user: ${env:SHOP_USER}
            password: ${env:SHOP_PASSWORD:-}
            tables:
              events: %s
          """
              .formatted(table));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    Sources sources = Sources.read(new ProjectFolder(folder, "", problems)).orElseThrow();
    return (DatabaseSourceModel) sources.sources().get(0);
  }

  private DatabaseSource source(String table) {
    return new DatabaseSource(
        model(table),
        new ResolvedReferences(
            new References(
                Map.of("URL", url, "SHOP_USER", user, "SHOP_PASSWORD", server.password()))));
  }

  private static TableSplit split(DatabaseSource source) {
    EntityRequest first =
        new EntityRequest(EVENTS, DATE, Optional.empty(), Optional.empty(), false);
    return source.plan(first).splits().get(0);
  }

  /** Keeps the ids by origin and row number, and does something as the first rows come. */
  private static final class Taken implements RawRowSink {
    private final SortedMap<String, Long> ids;
    private final AtomicBoolean begun;
    private final Runnable meanwhile;

    Taken(Runnable meanwhile) {
      this(new ConcurrentSkipListMap<>(), new AtomicBoolean(), meanwhile);
    }

    private Taken(SortedMap<String, Long> ids, AtomicBoolean begun, Runnable meanwhile) {
      this.ids = ids;
      this.begun = begun;
      this.meanwhile = meanwhile;
    }

    @Override
    public void row(String origin, long rowNumber, String malformed, Object[] values) {
      throw new AssertionError("expected batches");
    }

    @Override
    public void rows(String origin, long firstRow, RowBatch rows) {
      if (begun.compareAndSet(false, true)) {
        meanwhile.run();
      }
      for (int row = 0; row < rows.rows(); row++) {
        ids.put("%s %06d".formatted(origin, firstRow + row), rows.column(0).number(row));
      }
    }

    @Override
    public RawRowSink beside() {
      return new Taken(ids, begun, meanwhile);
    }

    void requireEveryRowInReadingOrder() {
      assertThat(ids.values())
          .containsExactlyElementsOf(LongStream.rangeClosed(1, ROWS).boxed().toList());
    }
  }

  private Runnable during(String... statements) {
    return () -> {
      try {
        sql(statements);
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
    };
  }

  @Test
  void everyRowComesOnceAndPartsSortInReadingOrder() {
    DatabaseSource source = source("");
    Taken taken = new Taken(() -> {});

    SplitResult result = source.copy(split(source), taken);

    assertThat(result.rows()).isEqualTo(ROWS);
    taken.requireEveryRowInReadingOrder();
    assertThat(taken.ids)
        .containsEntry("events 000001 000001", 1L)
        .containsEntry("events 000004 000001", 3 * 1_024 + 1L);
  }

  @Test
  void aCursorCountsOverAllParts() {
    DatabaseSource source = source("{ cursor: event_id }");

    SplitResult result = source.copy(split(source), new Taken(() -> {}));

    assertThat(result.bookmark()).containsEntry("value", Long.toString(ROWS));
  }

  @Test
  void rowsThatMoveWhileTheyAreReadComeOnceAndAsTheyWere() {
    DatabaseSource source = source("");
    Taken taken =
        new Taken(
            during(
                "UPDATE events SET event_id = -event_id",
                "DELETE FROM events WHERE event_id % 2 = 0",
                "INSERT INTO events SELECT n, '' FROM generate_series(90000, 90100) n"));

    source.copy(split(source), taken);

    taken.requireEveryRowInReadingOrder();
  }

  @Test
  void oneConnectionReadsAllPartsWhereNobodyHelps() {
    Database database =
        new Database(url, Optional.of(user), Optional.of(new Secret(server.password())));
    Taken taken = new Taken(() -> {});

    CopiedRows copied = new TableCopy(database, new Semaphore(0), split(source(""))).into(taken);

    assertThat(copied.rows()).isEqualTo(ROWS);
    taken.requireEveryRowInReadingOrder();
  }

  @Test
  void aUserWhoMayOnlySelectAndShareNothingReadsTheTableAsOne() throws SQLException {
    user = server.freshName();
    sql(
        "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(user, server.password()),
        "GRANT SELECT ON events TO " + user,
        "REVOKE EXECUTE ON FUNCTION pg_export_snapshot() FROM PUBLIC");
    DatabaseSource source = source("");
    Taken taken = new Taken(() -> {});

    source.copy(split(source), taken);

    assertThat(taken.ids).containsKey("events 004200");
    taken.requireEveryRowInReadingOrder();
  }

  @Test
  void aConnectionThatIsLostInTheMidstEndsInNoLoad() {
    Lake lake = Lakes.open(folder.resolve("lake").toString(), folder, Map.of());
    DatabaseSource source = source("");
    // Every try loses its connections.
    SourceAdapter<TableSplit> losing =
        new SourceAdapter<>() {
          @Override
          public ExtractionPlan<TableSplit> plan(EntityRequest request) {
            return source.plan(request);
          }

          @Override
          public SplitResult copy(TableSplit split, RawRowSink sink) {
            return source.copy(
                split,
                new Taken(
                    during(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
                            + " current_database() AND application_name = 'loadstar'")));
          }
        };
    DataIngestionPipeline pipeline =
        new DataIngestionPipeline(
            lake,
            new Sources(List.of(model(""))),
            model -> losing,
            Clock.systemUTC(),
            new RetryPolicySettings(2, Duration.ofMillis(1), Duration.ofMillis(2)),
            1);

    assertThatThrownBy(() -> pipeline.ingest(DATE, List.of(EVENTS), IngestOptions.USUAL))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREACHABLE))
        .hasMessageContaining("Cannot read shop.events");
    assertThat(lake.raw().latest(EVENTS)).isEmpty();
  }

  @Test
  void aSinkThatFailsEndsTheCopyWithItsOwnFailure() {
    DatabaseSource source = source("");
    Taken full =
        new Taken(
            () -> {
              throw new LoadException(ErrorCode.UNREACHABLE, "no space");
            });

    assertThatThrownBy(() -> source.copy(split(source), full)).hasMessage("no space");
  }

  @Test
  void aStatementThatTakesLongerThanTheServerAllowsIsNamed() throws SQLException {
    user = server.freshName();
    sql(
        "CREATE VIEW slow AS SELECT n AS event_id, pg_sleep(n)::text AS note FROM"
            + " generate_series(0, 30) n",
        "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(user, server.password()),
        "ALTER ROLE %s SET statement_timeout = '1500ms'".formatted(user),
        "GRANT SELECT ON slow TO " + user);
    DatabaseSource source = source("{ table: slow }");

    assertThatThrownBy(() -> source.copy(split(source), new Taken(() -> {})))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("Cannot read shop.events")
        .hasMessageContaining("57014");
  }
}
