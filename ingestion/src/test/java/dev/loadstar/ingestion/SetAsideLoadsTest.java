package dev.loadstar.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.lake.load.LeftOut;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.lake.load.RawLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No row is lost, whichever loads are taken again or withdrawn. */
class SetAsideLoadsTest {
  @TempDir Path folder;

  @Test
  void theDateOfALoadThatWasSetAsideIsOpenAgainAndReadFromWhereItBegan() throws IOException {
    Journal journal = new Journal(folder, true).row(0, 1).row(1, 1);
    journal.ingest(0);
    journal.ingest(1);
    journal.setAside(2);

    assertThat(journal.ingest(1).outcome()).isEqualTo(IngestResult.Outcome.LOADED);
    assertThat(journal.rowsOf(3)).containsExactly(1001L);
    assertThat(journal.load(3).wentOnFrom()).isEqualTo(1);
    assertThat(journal.ingest(1).outcome()).isEqualTo(IngestResult.Outcome.ALREADY_LOADED);
  }

  @Test
  void theNextDateReadsWhatALoadThatWasSetAsideHadRead() throws IOException {
    Journal journal = new Journal(folder, true).row(0, 1).row(1, 1).row(2, 1).row(3, 1);
    journal.ingest(0);
    journal.ingest(1);
    journal.setAside(2);
    journal.ingest(2);
    journal.ingest(3);

    assertThat(journal.rowsOf(3)).containsExactly(1001L, 2001L);
    assertThat(journal.rowsOf(4)).as("and only once").containsExactly(3001L);
  }

  @Test
  void aLoadInTheMiddleIsMadeUpForAlthoughLaterOnesWentOn() throws IOException {
    Journal journal = new Journal(folder, true).row(0, 1).row(1, 1).row(2, 1).row(3, 1).row(4, 1);
    journal.ingest(0);
    journal.ingest(1);
    journal.ingest(2);
    journal.setAside(2);
    journal.ingest(3);
    journal.ingest(4);

    assertThat(journal.rowsOf(4)).contains(1001L, 3001L);
    assertThat(journal.rowsOf(5)).containsExactly(4001L);
  }

  @Test
  void theFirstLoadSetAsideIsReadFromTheBeginning() throws IOException {
    Journal journal = new Journal(folder, true).row(0, 1).row(1, 1);
    journal.ingest(0);
    journal.setAside(1);
    journal.ingest(1);

    assertThat(journal.rowsOf(2)).containsExactly(1L, 1001L);
    assertThat(journal.load(2).wentOnFrom()).isZero();
  }

  @Test
  void aDateTakenAgainASecondTimeIsReadFromWhereItsFirstLoadBegan() throws IOException {
    Journal journal = new Journal(folder, true).row(0, 1).row(1, 1).row(2, 1);
    journal.ingest(0);
    journal.ingest(1);
    journal.ingest(2);
    journal.again(1);
    journal.again(1);

    assertThat(journal.rowsOf(4)).containsExactly(1001L);
    assertThat(journal.rowsOf(5)).containsExactly(1001L);
    journal.row(3, 1).ingest(3);
    assertThat(journal.rowsOf(6)).as("nothing is moved back").containsExactly(3001L);
  }

  @Test
  void whatStoodForAnotherLoadAndWasSetAsideLeavesTheDateOpen() throws IOException {
    Journal journal = new Journal(folder, true).row(0, 1).row(1, 1);
    journal.ingest(0);
    journal.again(0);
    journal.process(Optional.of(new LeftOut(Optional.of(2L), "refused")));
    journal.setAside(2);

    assertThat(journal.ingest(0).outcome()).isEqualTo(IngestResult.Outcome.LOADED);
    assertThat(journal.rowsOf(3)).containsExactly(1L);
  }

  @Test
  void withoutChangeTimesADateThatWasSetAsideDoesNotMakeAnEarlierOneOld() throws IOException {
    Journal journal = new Journal(folder, false).row(0, 1);
    journal.ingest(0);
    journal.ingest(2);
    journal.setAside(2);

    assertThat(journal.ingest(1).outcome()).isEqualTo(IngestResult.Outcome.LOADED);
    assertThat(journal.load(3).latestDate()).isEqualTo(Journal.date(2));
    assertThatThrownBy(() -> journal.again(0))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATE_REFUSED));
  }

  static IntStream seeds() {
    return IntStream.range(0, 30);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyRowIsInALoadThatCounts(int seed) throws IOException {
    Random random = new Random(seed);
    Journal journal = new Journal(Files.createDirectories(folder.resolve("s" + seed)), true);
    int today = 0;
    for (int step = 0; step < 14; step++) {
      switch (random.nextInt(6)) {
        case 0 -> journal.row(++today, random.nextInt(900));
        case 1 -> journal.row(++today, random.nextInt(900)).ingest(today);
        case 2 -> journal.ingest(random.nextInt(today + 1));
        case 3 -> journal.again(random.nextInt(today + 1));
        case 4 -> setAside(journal, random);
        default -> process(journal, random);
      }
    }
    journal.row(++today, 1).ingest(today);

    NavigableSet<Long> read = new TreeSet<>();
    for (RawLoad raw : journal.lake.raw().after(Journal.ROWS, 0)) {
      boolean out =
          journal.lake.setAsides().find(Journal.ROWS, raw.number()).isPresent()
              || journal
                  .lake
                  .processed()
                  .find(Journal.ROWS, raw.number())
                  .flatMap(ProcessedLoad::leftOut)
                  .isPresent();
      if (!out) {
        read.addAll(journal.rowsOf(raw.number()));
      }
    }
    assertThat(read).isEqualTo(journal.rows);
  }

  private static long processed(Journal journal) {
    return journal.lake.processed().latest(Journal.ROWS).map(ProcessedLoad::number).orElse(0L);
  }

  private static void setAside(Journal journal, Random random) {
    long last = journal.lake.raw().latest(Journal.ROWS).map(RawLoad::number).orElse(0L);
    long open = last - processed(journal);
    if (open > 0) {
      journal.setAside(processed(journal) + 1 + random.nextInt((int) open));
    }
  }

  /** The next load is accepted, or superseded where a later one of its date stands for it. */
  private static void process(Journal journal, Random random) {
    Optional<RawLoad> next = journal.lake.raw().find(Journal.ROWS, processed(journal) + 1);
    if (next.isEmpty()) {
      return;
    }
    long number = next.get().number();
    if (journal.lake.setAsides().find(Journal.ROWS, number).isPresent()) {
      journal.process(Optional.of(new LeftOut(Optional.empty(), "of no use")));
      return;
    }
    Optional<Long> later =
        journal.lake.raw().of(Journal.ROWS, next.get().businessDate()).stream()
            .map(RawLoad::number)
            .filter(n -> n > number)
            .filter(n -> journal.lake.setAsides().find(Journal.ROWS, n).isEmpty())
            .findFirst();
    boolean refused = later.isPresent() && random.nextBoolean();
    journal.process(refused ? Optional.of(new LeftOut(later, "refused")) : Optional.empty());
  }
}
