package dev.loadstar.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.file.LakeFiles.Creation;
import dev.loadstar.lake.file.StoredFile;
import dev.loadstar.lake.load.DataFile;
import dev.loadstar.lake.load.Expirations;
import dev.loadstar.lake.parquet.RowReader;
import dev.loadstar.lake.parquet.RowWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
  void aRawLoadWhoseFilesExpiredSaysSoAndKeepsItsBookmark() {
    Lake lake = freshLake();
    lake.raw().claim(raw(1, DAY, DAY));
    lake.raw().claim(raw(2, DAY.plusDays(1), DAY.plusDays(1)));
    new Expirations(lake.files()).expireRaw(ORDERS, 1, Instant.EPOCH);
    Expirations seen = new Expirations(another(lake).files());
    assertThat(seen.lastRaw(ORDERS)).isEqualTo(1);
    seen.requireFiles(raw(2, DAY.plusDays(1), DAY.plusDays(1)));
    assertThatThrownBy(() -> seen.requireFiles(raw(1, DAY, DAY)))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
        .hasMessageContaining("raw load 1 of shop.orders: its retention has ended");
    assertThat(another(lake).raw().after(ORDERS, 0)).contains(raw(1, DAY, DAY));
  }

  @Test
  void everyFileBelowAFolderIsListedWithItsSizeAndTime() {
    Lake lake = freshLake();
    Instant before = Instant.now().minus(Duration.ofMinutes(5));
    lake.files().write("raw/_loads/shop.orders/x.json", new byte[7]);
    lake.files().write("raw/source=shop/entity=orders/part.parquet", new byte[11]);
    lake.files().write("rawer/not-below", new byte[1]);
    List<StoredFile> found = lake.files().walk("raw");
    assertThat(found)
        .extracting(StoredFile::path, StoredFile::bytes)
        .containsExactlyInAnyOrder(
            tuple("raw/_loads/shop.orders/x.json", 7L),
            tuple("raw/source=shop/entity=orders/part.parquet", 11L));
    assertThat(found)
        .allSatisfy(
            file ->
                assertThat(file.modified())
                    .isBetween(before, Instant.now().plus(Duration.ofMinutes(5))));
    assertThat(lake.files().walk("nothing")).isEmpty();
  }

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
                .replace("\"format_version\" : 2", "\"format_version\" : 3")
                .getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> another(lake).raw().latest(ORDERS))
        .hasMessageContaining("its format is 3, expected 2");
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
}
