package dev.loadstar.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.commit.ChangeSet;
import dev.loadstar.lake.commit.ColumnRole;
import dev.loadstar.lake.commit.Commit;
import dev.loadstar.lake.commit.TableChanges;
import dev.loadstar.lake.commit.TableColumn;
import dev.loadstar.lake.commit.TableShape;
import dev.loadstar.lake.commit.TableState;
import dev.loadstar.lake.file.LakeFiles.Creation;
import dev.loadstar.lake.load.DataFile;
import dev.loadstar.lake.parquet.RowReader;
import dev.loadstar.lake.parquet.RowWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every lake does, whatever it lies on. */
abstract class LakeContract extends LoadsContract {

  /** An address where nothing is yet. */
  abstract String freshAddress();

  abstract Lake open(String address);

  abstract Optional<Lake> find(String address);

  /** Whether there is nothing at all at an address, not even a trace of looking for a lake. */
  abstract boolean isUntouched(String address);

  /** A lake where nothing is yet. */
  @Override
  Lake freshLake() {
    return open(freshAddress());
  }

  abstract int rounds();

  @Test
  void keepsItsIdAndTellsItFromAnotherLakes() {
    Lake lake = freshLake();
    assertThat(another(lake).id()).isEqualTo(lake.id());
    assertThat(freshLake().id()).isNotEqualTo(lake.id());
  }

  @Test
  void lookingForALakeFoundsNone() {
    String address = freshAddress();
    assertThat(find(address)).isEmpty();
    assertThat(isUntouched(address)).isTrue();

    Lake founded = open(address);
    assertThat(isUntouched(address)).isFalse();
    assertThat(find(address)).map(Lake::id).contains(founded.id());
  }

  @Test
  void aNumberThatIsTakenOrNotTheNextIsRefused() {
    Lake lake = freshLake();
    lake.raw().claim(raw(1, DAY, DAY));
    for (long wrong : new long[] {1, 3}) {
      assertThatThrownBy(() -> another(lake).raw().claim(raw(wrong, DAY.plusDays(1), DAY)))
          .isInstanceOfSatisfying(
              LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RUN_AHEAD));
    }
    assertThat(lake.raw().latest(ORDERS)).contains(raw(1, DAY, DAY));
  }

  @Test
  void ofEightRacersExactlyOneWinsEachNumber() throws Exception {
    Lake lake = freshLake();
    int racers = 8;
    ExecutorService pool = Executors.newFixedThreadPool(racers);
    try {
      CyclicBarrier barrier = new CyclicBarrier(racers);
      for (int round = 0; round < rounds(); round++) {
        String path = "race/" + round + ".json";
        List<Callable<Creation>> race = new ArrayList<>();
        for (int racer = 0; racer < racers; racer++) {
          byte[] content = ("racer " + racer).getBytes(StandardCharsets.UTF_8);
          race.add(
              () -> {
                barrier.await();
                return lake.files().createIfAbsent(path, content);
              });
        }
        int winner = -1;
        List<Future<Creation>> results = pool.invokeAll(race);
        for (int racer = 0; racer < racers; racer++) {
          if (results.get(racer).get() == Creation.CREATED) {
            assertThat(winner).as("winner of round %d before %d", round, racer).isEqualTo(-1);
            winner = racer;
          }
        }
        assertThat(text(lake, path)).isEqualTo("racer " + winner);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(lake.files().list("race")).hasSize(rounds());
  }

  @Test
  void aDamagedObjectIsNamed() {
    Lake lake = freshLake();
    String path = "raw/_loads/shop.orders/000001.json";
    for (String damaged :
        List.of(
            "{\"format_version\": 1, \"enti", "{}", "{\"format_version\": 1, \"number\": 1}", "")) {
      lake.files().write(path, damaged.getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> another(lake).raw().latest(ORDERS))
          .as(damaged)
          .isInstanceOf(LoadException.class)
          .hasMessageContaining(path);
    }
  }

  @Test
  void aLaterMinorVersionsFieldsArePassedOverAndALaterFormatIsRefused() {
    Lake lake = freshLake();
    lake.raw().claim(raw(1, DAY, DAY));
    String path = "raw/_loads/shop.orders/000001.json";
    String written = text(lake, path);
    lake.files()
        .write(
            path, written.replaceFirst("\\{", "{\"new\": [1],").getBytes(StandardCharsets.UTF_8));
    assertThat(another(lake).raw().latest(ORDERS)).contains(raw(1, DAY, DAY));
    lake.files()
        .write(
            path,
            written
                .replace("\"format_version\" : 1", "\"format_version\" : 2")
                .getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> another(lake).raw().latest(ORDERS))
        .hasMessageContaining("its format is 2, expected 1");
  }

  @Test
  void aWarehouseGetsWhatItLacks() {
    Lake lake = freshLake();
    Commit commit = commit(1, Optional.of(set(1)), List.of());
    lake.commits().claim(commit);
    lake.commits().claim(commit(2, Optional.of(set(1)), List.of(set(2))));
    lake.commits().claim(commit(3, Optional.of(set(1)), List.of(set(2), set(3))));
    lake.commits().claim(commit(4, Optional.of(set(3)), List.of(set(4))));
    Lake other = another(lake);
    assertThat(other.commits().find(1)).contains(commit);
    assertThat(other.commits().find(9)).isEmpty();
    Commit third = other.commits().find(3).orElseThrow();
    Commit head = other.commits().head().orElseThrow();
    assertThat(head.number()).isEqualTo(4);
    assertThat(changes(other, Optional.of(3L), third)).isEqualTo(incremental());
    assertThat(changes(other, Optional.of(1L), third)).isEqualTo(incremental(2, 3));
    assertThat(changes(other, Optional.empty(), third)).isEqualTo(snapshot(1, 2, 3));
    assertThat(changes(other, Optional.of(3L), head)).isEqualTo(incremental(4));
    assertThat(changes(other, Optional.of(2L), head)).isEqualTo(snapshot(3, 4));
    assertThat(changes(other, Optional.of(4L), third)).isEqualTo(snapshot(1, 2, 3));
  }

  @Test
  void filesWrittenCountAndReadBack() {
    Lake lake = freshLake();
    List<Column> columns =
        List.of(new Column("id", Simple.BIGINT), new Column("name", Simple.TEXT));
    String folder = Lake.rawFolder(ORDERS, DAY, lake.newAttempt());
    DataFile file;
    try (RowWriter writer = lake.newWriter(folder + "/part-0.parquet", columns)) {
      writer.write(new Object[] {1L, "one"});
      writer.write(new Object[] {2L, null});
      file = writer.finish();
    }
    assertThat(lake.filesIn(folder)).containsExactly(file);
    assertThat(file.rows()).isEqualTo(2);
    try (RowReader reader = another(lake).newReader(file, columns)) {
      assertThat(reader.next()).containsExactly(1L, "one");
      assertThat(reader.next()).containsExactly(2L, null);
      assertThat(reader.next()).isNull();
    }
    assertThat(lake.filesIn("raw/nowhere")).isEmpty();
  }

  private static TableChanges changes(Lake lake, Optional<Long> published, Commit target) {
    return lake.commits().changes(published, target, "dim_customer");
  }

  private static TableChanges incremental(long... commits) {
    return new TableChanges.Incremental(sets(commits));
  }

  private static TableChanges snapshot(long... commits) {
    return new TableChanges.Snapshot(sets(commits));
  }

  private static List<ChangeSet> sets(long... commits) {
    return java.util.Arrays.stream(commits).mapToObj(LakeContract::set).toList();
  }

  private static ChangeSet set(long commit) {
    return new ChangeSet(
        commit, List.of(new DataFile("curated/" + commit + ".parquet", 3, 30)), 2, 1);
  }

  private static Commit commit(long number, Optional<ChangeSet> base, List<ChangeSet> changes) {
    TableShape shape =
        new TableShape(
            "dim_customer",
            TableShape.Kind.DIMENSION,
            List.of(
                TableColumn.of("customer_key", Simple.BIGINT, ColumnRole.KEY),
                TableColumn.foreignKey("location_key", "dim_location")),
            List.of("customer_key"),
            "fingerprint");
    return new Commit(
        "lake",
        number,
        number == 1 ? Optional.empty() : Optional.of(number - 1),
        DAY,
        DAY,
        "2026-03-01",
        Instant.parse("2026-03-02T01:00:00Z"),
        Map.of(ORDERS, number, new EntityName("shop", "customers"), 7L),
        Map.of("dim_customer", new TableState(shape, base, changes, 12, 9)),
        List.of(new HopBalance("build", "dim_customer", RowBalance.allPassed(3))),
        List.of(
            new QualityResult(
                "dim_customer", "unique", QualityResult.Severity.ERROR, true, "0", "0")));
  }
}
