package dev.loadstar.warehouse.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.secret.Secret;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.jdbc.Database;
import dev.loadstar.lake.Lakes;
import dev.loadstar.tables.Attempt;
import dev.loadstar.tables.ColumnRole;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.CommitNote;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.TableWriter;
import dev.loadstar.tables.stored.LakeTables;
import dev.loadstar.testing.TestDatabase;
import dev.loadstar.warehouse.Publication;
import dev.loadstar.warehouse.RunRecord;
import dev.loadstar.warehouse.Warehouse;
import dev.loadstar.warehouse.WarehouseDialect;
import dev.loadstar.warehouse.WarehouseTarget;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a publish says when COMMIT goes wrong, or when somebody was faster. */
abstract class OutcomeContract {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2024-01-02T00:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;
  WarehouseTarget target;
  private LakeTables tables;

  abstract TestDatabase server();

  abstract WarehouseDialect dialect();

  @BeforeEach
  void migrate() {
    String prefix = server().freshName();
    Database database =
        new Database(
            server().freshDatabase(),
            Optional.of(server().user()),
            Optional.of(new Secret(server().password())));
    Map<String, String> schemas =
        Map.of("dw", prefix + "d", "etl", prefix + "e", "bi", prefix + "b", "stg", prefix + "s");
    target = new WarehouseTarget(database, schemas, Optional.empty());
    assertThat(Warehouse.open(target, CLOCK).migrate()).hasSize(3);
    tables = LakeTables.of(Lakes.open(folder.toString(), folder, Map.of()));
  }

  private Commit commit(long number) {
    Optional<Commit> head = tables.head();
    if (head.isPresent() && head.get().number() >= number) {
      return tables.find(number).orElseThrow();
    }
    CommitNote note =
        new CommitNote(
            LocalDate.of(2024, 1, 1),
            LocalDate.of(2024, 1, 1),
            "run",
            CLOCK.instant(),
            Map.of(),
            List.of(),
            List.of());
    TableShape days =
        new TableShape(
            "state_of_night_" + number,
            TableShape.Kind.STATE,
            List.of(TableColumn.of("day", Simple.INT, ColumnRole.INTERNAL)),
            List.of("day"),
            "1");
    Attempt attempt = tables.begin(head);
    try (TableWriter writer = attempt.write(Optional.empty(), days)) {
      writer.put(new Object[] {1});
      return attempt.commit(note, Map.of(days.name(), writer.finish(1, 1)));
    }
  }

  private void publish(long number, Clock clock, Publisher.Ending ending) {
    RunRecord run = new RunRecord("run", 1, LocalDate.of(2024, 1, 1), CLOCK.instant(), List.of());
    assertThat(
            new Publisher(target, dialect(), clock, ending)
                .publish(tables, commit(number), run, Set.of()))
        .isEmpty();
  }

  private Optional<Long> shown() {
    return Warehouse.open(target, CLOCK).published().map(Publication::commit);
  }

  private void fails(ErrorCode code, Runnable publish) {
    assertThatThrownBy(publish::run)
        .isInstanceOfSatisfying(LoadException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void aLostReplyAfterACommitIsASuccess() {
    publish(
        1,
        CLOCK,
        connection -> {
          connection.commit();
          throw new SQLException("gone", "08006");
        });
    assertThat(shown()).contains(1L);
  }

  @Test
  void aLostReplyWithoutACommitIsTriedAgain() {
    publish(1, CLOCK, Connection::commit);
    fails(
        ErrorCode.UNREACHABLE,
        () ->
            publish(
                2,
                CLOCK,
                connection -> {
                  connection.rollback();
                  throw new SQLException("gone", "08006");
                }));
    assertThat(shown()).contains(1L);
  }

  @Test
  void aKilledSessionLeavesAllAsItWas() {
    fails(ErrorCode.UNREACHABLE, () -> publish(1, CLOCK, this::kill));
    assertThat(shown()).isEmpty();
    publish(1, CLOCK, Connection::commit);
    assertThat(shown()).contains(1L);
  }

  abstract String sessionId();

  abstract String killStatement(long session);

  private void kill(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        var row = statement.executeQuery(sessionId());
        Connection other = target.database().connect();
        Statement killer = other.createStatement()) {
      row.next();
      killer.execute(killStatement(row.getLong(1)));
    }
    connection.commit();
  }

  @Test
  void aServerThatIsGoneLeavesTheOutcomeOpen() {
    fails(
        ErrorCode.OUTCOME_UNKNOWN,
        () ->
            publish(
                1,
                CLOCK,
                connection -> {
                  connection.commit();
                  // nobody can ask: the row's table is out of reach
                  execute("DROP TABLE " + target.etl("publication"));
                  throw new SQLException("gone", "08006");
                }));
  }

  @Test
  void whoPublishedInBetweenWins() {
    publish(1, CLOCK, Connection::commit);
    fails(
        ErrorCode.RUN_AHEAD,
        () -> publish(2, after("UPDATE %s SET commit_number = 7"), Connection::commit));
    assertThat(shown()).contains(7L);
  }

  @Test
  void ofTwoFirstPublicationsOneWins() {
    fails(
        ErrorCode.RUN_AHEAD,
        () ->
            publish(
                1,
                after(
                    "INSERT INTO %s (id, lake_id, commit_number, run_id, business_date,"
                        + " published_at) VALUES (1, 'other', 3, 'r', '2024-01-01', '2024-01-02"
                        + " 00:00:00')"),
                Connection::commit));
    assertThat(shown()).contains(3L);
  }

  /** The publisher asks the time between staging and its transaction: then somebody is faster. */
  private Clock after(String sql) {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        try {
          execute(sql.formatted(target.etl("publication")));
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
        return CLOCK.instant();
      }
    };
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = target.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
