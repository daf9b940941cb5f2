package dev.loadstar.tables;

import static dev.loadstar.tables.Told.cities;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** How rows come to count, and how states of them are told apart. */
interface CommitBehaviour extends Told {
  static void refused(ThrowingCallable call, ErrorCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(LoadException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  default void nothingIsVisibleBeforeTheCommit() {
    TableStory story = story();
    assertThat(story.tables.head()).isEmpty();
    Attempt attempt = story.tables.begin(Optional.empty());
    Map<String, Table> written =
        story.written(attempt, Optional.empty(), cities().put(1L, "Apia", 37));
    assertThat(story.tables.head()).isEmpty();
    assertThat(another(story.tables).head()).isEmpty();

    Commit commit = attempt.commit(TableStory.note(1), written);
    assertThat(another(story.tables).head()).contains(commit);
    assertThat(story.tables.find(1)).contains(commit);
    assertThat(commit.lakeId()).isEqualTo(story.tables.lakeId());
    assertThat(commit.number()).isEqualTo(1);
    assertThat(commit.parent()).isEmpty();
    assertThat(commit.consumed()).containsEntry(TableStory.CITIES_LOADED, 1L);
  }

  @Test
  default void ofTwoAttemptsOneWins() {
    TableStory story = story();
    Commit first = story.commit(cities().put(1L, "Apia", 37));
    Attempt one = story.tables.begin(Optional.of(first));
    Attempt other = another(story.tables).begin(Optional.of(first));
    Map<String, Table> ones = story.written(one, Optional.of(first), cities().put(2L, "Bonn", 330));
    Map<String, Table> others =
        story.written(other, Optional.of(first), cities().put(2L, "Cork", 220));
    Commit won = other.commit(TableStory.note(2), others);
    refused(() -> one.commit(TableStory.note(2), ones), ErrorCode.RUN_AHEAD);
    assertThat(story.tables.head()).contains(won);
    assertThat(story.rows(won, CITY)).containsExactly("1 Apia 37", "2 Cork 220");
    assertThat(won.parent()).contains(1L);
  }

  @Test
  default void aTableThatIsNotCommittedIsDropped() {
    TableStory story = story();
    Commit first = story.commit(cities().put(1L, "Apia", 37));
    Commit second = story.tables.begin(Optional.of(first)).commit(TableStory.note(2), Map.of());
    assertThat(second.tables()).isEmpty();
    assertThat(second.identity()).isNotEqualTo(first.identity());
    Commit third = story.commit(cities().put(2L, "Bonn", 330));
    assertThat(story.changes(first, third, CITY)).containsExactly("- 1", "+ 2 Bonn 330");
    assertThat(story.changes(second, third, CITY)).containsExactly("snapshot", "+ 2 Bonn 330");
  }

  @Test
  default void writersRefuseRowsOutOfOrderOrTwice() {
    TableStory story = story();
    Attempt attempt = story.tables.begin(Optional.empty());
    try (TableWriter writer = attempt.write(Optional.empty(), CITY)) {
      writer.put(new Object[] {2L, "Bonn", 330});
      refused(() -> writer.put(new Object[] {1L, "Apia", 37}), ErrorCode.INTERNAL);
    }
    try (TableWriter writer = attempt.write(Optional.empty(), CITY)) {
      writer.put(new Object[] {2L, "Bonn", 330});
      refused(() -> writer.put(new Object[] {2L, "Bonn", 330}), ErrorCode.INTERNAL);
    }
    try (TableWriter writer = attempt.write(Optional.empty(), CITY)) {
      writer.put(new Object[] {2L, "Bonn", 330});
      refused(() -> writer.delete(new Object[] {2L, null, null}), ErrorCode.INTERNAL);
    }
    assertThat(story.tables.head()).isEmpty();
  }

  @Test
  default void severalRunsOfOneAttemptAreOneChange() {
    TableStory story = story();
    Commit first = story.commit(cities().put(1L, "Apia", 37));
    Commit second =
        story.commit(
            cities().put(2L, "Bonn", 330).put(5L, "Cork", 220),
            cities().delete(1L).put(3L, "Bari", 3));
    assertThat(story.rows(second, CITY)).containsExactly("2 Bonn 330", "3 Bari 3", "5 Cork 220");
    assertThat(second.table("dim_city").rows()).isEqualTo(3);
    assertThat(story.changes(first, second, CITY))
        .containsExactly("- 1", "+ 2 Bonn 330", "+ 3 Bari 3", "+ 5 Cork 220");
  }

  @Test
  default void aRowMayBeReusedByItsWriter() {
    TableStory story = story();
    Attempt attempt = story.tables.begin(Optional.empty());
    Object[] row = new Object[3];
    try (TableWriter writer = attempt.write(Optional.empty(), CITY)) {
      for (long id = 1; id < 4; id++) {
        row[0] = id;
        row[1] = "town " + id;
        writer.put(row);
      }
      Commit commit = attempt.commit(TableStory.note(1), Map.of("dim_city", writer.finish(3, 4)));
      assertThat(story.rows(commit, CITY))
          .containsExactly("1 town 1 -", "2 town 2 -", "3 town 3 -");
      assertThat(commit.table("dim_city").nextKey()).isEqualTo(4);
    }
  }

  @Test
  default void theSameRowsHaveTheSameIdentityInWhateverFiles() {
    TableStory story = story();
    Commit first = story.commit(cities().put(1L, "Apia", 37));
    Commit same = story.commit();
    Commit second = story.commit(cities().put(2L, "Bonn", 330));
    Commit compact = story.compact();
    Commit back = story.tables.rollBack(1, "back", TableStory.NOW);
    assertThat(same.identity()).isEqualTo(first.identity());
    assertThat(compact.identity()).isEqualTo(second.identity());
    assertThat(back.identity()).isEqualTo(first.identity());
    assertThat(second.identity()).isNotEqualTo(first.identity());
  }

  @Test
  default void theSameHistoryHasTheSameIdentityInWhateverRuns() {
    TableStory story = story();
    story.commit(cities().put(1L, "Apia", 37));
    TableStory copy = new TableStory(copyOf(story.tables));
    Commit here = story.commit(cities().put(2L, "Bonn", 330).put(3L, "Cork", 220));
    Commit there = copy.commit(cities().put(3L, "Cork", 220), cities().put(2L, "Bonn", 330));
    assertThat(there.number()).isEqualTo(here.number());
    assertThat(there.identity()).isEqualTo(here.identity());
  }

  @Test
  default void otherRowsUnderOneNumberHaveAnotherIdentity() {
    TableStory story = story();
    story.commit(cities().put(1L, "Apia", 37).put(2L, "Bonn", 330));
    assertThat(
            java.util.stream.Stream.of(
                    cities(),
                    cities().put(2L, "Bonn", 331),
                    cities().put(2L, "Bonn", null),
                    cities().put(2L, "Bonn331", null),
                    cities().put(3L, "Bonn", 331),
                    cities().delete(2L),
                    cities().delete(1L),
                    cities().anew().put(2L, "Bonn", 331),
                    cities().anew(),
                    Batch.of(ShapeBehaviour.MAYORS).put(2L, null, "Bonn", 331),
                    Batch.of(
                            TableStory.shape("dim_town", 1, "id bigint", "name text", "people int"))
                        .put(2L, "Bonn", 331))
                .map(batch -> new TableStory(copyOf(story.tables)).commit(batch).identity()))
        .doesNotHaveDuplicates()
        .hasSize(11);
  }

  @Test
  default void goingBackKeepsKeyCountersAndTakesWhatWasConsumed() {
    TableStory story = story();
    Commit first = story.commit(cities().put(1L, "Apia", 37).nextKey(2));
    story.commit(cities().put(2L, "Bonn", 330).nextKey(3));
    Commit back = story.tables.rollBack(1, "the steward", TableStory.NOW.plusNanos(999));
    assertThat(back.number()).isEqualTo(3);
    assertThat(back.parent()).contains(2L);
    assertThat(back.runId()).isEqualTo("the steward");
    assertThat(back.createdAt().truncatedTo(ChronoUnit.MICROS)).isEqualTo(TableStory.NOW);
    assertThat(back.consumed()).isEqualTo(first.consumed());
    assertThat(back.businessDate()).isEqualTo(first.businessDate());
    assertThat(back.table("dim_city").nextKey()).isEqualTo(3);
    assertThat(back.table("dim_city").rows()).isEqualTo(1);
    assertThat(story.rows(back, CITY)).containsExactly("1 Apia 37");
    refused(() -> story.tables.rollBack(9, "x", TableStory.NOW), ErrorCode.NOT_FOUND);
    refused(() -> fresh().rollBack(1, "x", TableStory.NOW), ErrorCode.NOT_FOUND);
  }
}
