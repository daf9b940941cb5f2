package dev.loadstar.tables;

import static dev.loadstar.tables.Told.cities;
import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What two commits differ by. */
interface ChangesBehaviour extends Told {
  @Test
  default void fromNothingComesEveryRow() {
    TableStory story = story();
    story.commit(cities().put(1L, "Apia", 37).put(2L, "Bonn", 330));
    Commit commit = story.commit(cities().delete(1L).put(3L, "Cork", 220));
    assertThat(story.changes(Optional.empty(), commit, CITY))
        .containsExactly("snapshot", "+ 2 Bonn 330", "+ 3 Cork 220");
  }

  @Test
  default void forwardComesWhatIsNewAndWhatGoes() {
    TableStory story = story();
    Commit first = story.commit(cities().put(1L, "Apia", 37).put(2L, "Bonn", 330));
    Commit second = story.commit(cities().delete(1L).put(3L, "Cork", 220));
    Commit third = story.commit(cities().put(2L, "Bonn", 331).put(3L, "Cork", 221));
    assertThat(story.changes(first, second, CITY)).containsExactly("- 1", "+ 3 Cork 220");
    assertThat(story.changes(second, third, CITY)).containsExactly("+ 2 Bonn 331", "+ 3 Cork 221");
    assertThat(story.changes(first, third, CITY))
        .containsExactly("- 1", "+ 2 Bonn 331", "+ 3 Cork 221");
  }

  @Test
  default void equalCommitsDifferByNothing() {
    TableStory story = story();
    Commit first = story.commit(cities().put(1L, "Apia", 37));
    Commit same = story.commit();
    Commit rows = story.commit(cities().put(2L, "Bonn", 330));
    Commit back = story.tables.rollBack(1, "back", TableStory.NOW);
    assertThat(story.changes(first, first, CITY)).isEmpty();
    assertThat(story.changes(first, same, CITY)).isEmpty();
    assertThat(story.changes(first, back, CITY)).isEmpty();
    assertThat(story.changes(rows, story.compact(), CITY)).containsExactly("- 2");
  }

  @Test
  default void backwardComesWhatThereWas() {
    TableStory story = story();
    Commit first = story.commit(cities().put(1L, "Apia", 37).put(2L, "Bonn", 330));
    Commit second = story.commit(cities().delete(1L).put(2L, "Bonn", 331).put(3L, "Cork", 220));
    assertThat(story.changes(second, first, CITY))
        .containsExactly("+ 1 Apia 37", "+ 2 Bonn 330", "- 3");
  }

  @Test
  default void compactionChangesNoRow() {
    TableStory story = story();
    Commit first = story.commit(cities().put(1L, "Apia", 37).put(2L, "Bonn", 330));
    Commit second = story.commit(cities().delete(1L).put(3L, "Cork", 220));
    Commit compact = story.compact();
    Commit next = story.commit(cities().put(3L, "Cork", 221));
    assertThat(story.rows(compact, CITY)).containsExactly("2 Bonn 330", "3 Cork 220");
    assertThat(story.changes(second, compact, CITY)).isEmpty();
    assertThat(story.changes(compact, second, CITY)).isEmpty();
    assertThat(story.changes(first, compact, CITY)).containsExactly("- 1", "+ 3 Cork 220");
    assertThat(story.changes(second, next, CITY)).containsExactly("+ 3 Cork 221");
    assertThat(story.changes(compact, next, CITY)).containsExactly("+ 3 Cork 221");
    assertThat(story.changes(next, first, CITY)).containsExactly("+ 1 Apia 37", "- 3");
  }

  @Test
  default void goingBackIsAChangeLikeAnyOther() {
    TableStory story = story();
    story.commit(cities().put(1L, "Apia", 37));
    Commit wrong = story.commit(cities().delete(1L).put(2L, "Bonn", 330));
    Commit back = story.tables.rollBack(1, "back", TableStory.NOW);
    Commit next = story.commit(cities().put(3L, "Cork", 220));
    assertThat(story.changes(wrong, back, CITY)).containsExactly("+ 1 Apia 37", "- 2");
    assertThat(story.changes(wrong, next, CITY))
        .containsExactly("+ 1 Apia 37", "- 2", "+ 3 Cork 220");
    assertThat(story.changes(next, wrong, CITY)).containsExactly("- 1", "+ 2 Bonn 330", "- 3");
  }

  @Test
  default void aCommitOfAnotherHistoryIsNotKnown() {
    TableStory story = story();
    story.commit(cities().put(1L, "Apia", 37));
    TableStory lost = new TableStory(copyOf(story.tables));
    Commit gone = lost.commit(cities().put(2L, "Bonn", 330));
    story.commit(cities().put(2L, "Cork", 220));
    Commit head = story.commit(cities().put(3L, "Bari", 3));
    assertThat(story.changes(gone, head, CITY))
        .containsExactly("snapshot", "+ 1 Apia 37", "+ 2 Cork 220", "+ 3 Bari 3");
  }

  @Test
  default void aTableThatIsNewComesWhole() {
    TableShape other = TableStory.shape("dim_land", 1, "id bigint", "name text");
    TableStory story = story();
    Commit first = story.commit(cities().put(1L, "Apia", 37));
    Commit second = story.commit(Batch.of(other).put(1L, "Samoa"));
    assertThat(story.changes(first, second, other)).containsExactly("snapshot", "+ 1 Samoa");
    assertThat(story.changes(first, second, CITY)).isEmpty();
  }

  @Test
  default void aTableThatBeginsAnewDiffersByItsRows() {
    TableStory story = story();
    Commit first = story.commit(cities().put(1L, "Apia", 37).put(2L, "Bonn", 330));
    Commit anew = story.commit(cities().anew().put(2L, "Bonn", 330).put(3L, "Cork", 220));
    Commit emptied = story.commit(cities().anew());
    assertThat(story.rows(anew, CITY)).containsExactly("2 Bonn 330", "3 Cork 220");
    assertThat(story.changes(first, anew, CITY)).containsExactly("- 1", "+ 3 Cork 220");
    assertThat(story.rows(emptied, CITY)).isEmpty();
    assertThat(story.changes(anew, emptied, CITY)).containsExactly("- 2", "- 3");
  }

  @Test
  default void onlyTheWantedColumnsCome() {
    TableStory story = story();
    Commit first = story.commit(cities().put(1L, "Apia", 37).put(2L, "Bonn", 330));
    Commit second = story.commit(cities().delete(1L).put(2L, "Cork", 330));
    List<Column> wanted = List.of(new Column("name", Simple.TEXT), new Column("id", Simple.BIGINT));
    assertThat(story.changes(Optional.of(first), second, CITY, wanted))
        .containsExactly("- 1", "+ Cork 2");
    assertThat(story.changes(Optional.of(second), first, CITY, wanted))
        .containsExactly("+ Apia 1", "+ Bonn 2");
  }

  @Test
  default void aRowThatWasOvertakenNeverComes() {
    TableStory story = story();
    Commit first = story.commit(cities().put(1L, "Apia", 37));
    for (int people = 38; people < 58; people++) {
      story.commit(cities().put(1L, "Apia", people).put(2L, "Bonn", people));
    }
    Commit last = story.commit(cities().delete(2L));
    assertThat(story.changes(first, last, CITY)).contains("+ 1 Apia 57").hasSizeBetween(1, 2);
  }
}
