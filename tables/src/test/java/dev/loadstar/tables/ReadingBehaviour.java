package dev.loadstar.tables;

import static dev.loadstar.tables.Told.cities;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows as of a commit. */
interface ReadingBehaviour extends Told {
  @Test
  default void everyCommitKeepsItsRows() {
    TableStory story = story();
    Commit first = story.commit(cities().put(1L, "Apia", 37).put(2L, "Bonn", 330));
    Commit second = story.commit(cities().put(0L, "Aden", 800).put(2L, "Bonn", 331).delete(9L));
    Commit third = story.commit(cities().delete(1L).put(3L, null, null));
    Commit fourth = story.commit(cities().put(1L, "Apia", 40));

    assertThat(story.rows(first, CITY)).containsExactly("1 Apia 37", "2 Bonn 330");
    assertThat(story.rows(second, CITY)).containsExactly("0 Aden 800", "1 Apia 37", "2 Bonn 331");
    assertThat(story.rows(third, CITY)).containsExactly("0 Aden 800", "2 Bonn 331", "3 - -");
    assertThat(story.rows(fourth, CITY))
        .containsExactly("0 Aden 800", "1 Apia 40", "2 Bonn 331", "3 - -");
    assertThat(fourth.table("dim_city").rows()).isEqualTo(4);
    assertThat(new TableStory(another(story.tables)).rows(third, CITY))
        .isEqualTo(story.rows(third, CITY));
  }

  @Test
  default void rowsAreSortedByTheKeyThatTheShapeNames() {
    TableShape shape =
        new TableShape(
            "fact_visit",
            TableShape.Kind.FACT,
            TableStory.shape("x", 1, "note text", "day date", "place text").columns(),
            List.of("place", "day"),
            "");
    TableStory story = story();
    story.commit(Batch.of(shape).put("a", 7, "Bonn").put("b", -9, "bonn"));
    Commit commit =
        story.commit(Batch.of(shape).put("c", 6, "Bonn").put("d", 8, "Bonn").put("e", -10, "bonn"));
    assertThat(story.rows(commit, shape))
        .containsExactly("c 6 Bonn", "a 7 Bonn", "d 8 Bonn", "e -10 bonn", "b -9 bonn");
  }

  @Test
  default void columnsComeInTheOrderWantedAndAsWideAsWanted() {
    TableStory story = story();
    Commit commit = story.commit(cities().put(1L, "Apia", 37).put(2L, "Bonn", 330));
    List<Column> wanted =
        List.of(
            new Column("people", new Decimal(12, 1)),
            new Column("name", Simple.TEXT),
            new Column("mayor", Simple.TEXT));
    List<Object[]> rows =
        TableStory.rows(story.tables.read(commit.table("dim_city"), wanted), wanted.size());
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0)).containsExactly(new BigDecimal("37.0"), "Apia", null);
  }

  @Test
  default void readsTheRowsOfSomeKeys() {
    TableStory story = story();
    story.commit(cities().put(1L, "Apia", 37).put(2L, "Bonn", 330).put(4L, "Cork", 220));
    Commit commit = story.commit(cities().put(2L, "Bonn", 331).put(3L, "Bari", 3).delete(4L));
    assertThat(
            story.rows(
                commit,
                CITY,
                List.of(keyOf(3L), keyOf(2L), keyOf(77L), keyOf(2L), keyOf(4L), keyOf(-1L))))
        .containsExactly("2 Bonn 331", "3 Bari 3");
    assertThat(story.rows(commit, CITY, List.of())).isEmpty();
  }

  @Test
  default void readsTheRowsOfKeysOfSeveralColumnsAndOfNone() {
    TableShape shape = TableStory.shape("dim_room", 2, "house text", "room int", "beds int");
    TableStory story = story();
    story.commit(Batch.of(shape).put(null, 1, 5).put("A", null, 1).put("A", 1, 2).put("B", 1, 3));
    Commit commit = story.commit(Batch.of(shape).put(null, 2, 6).put("A", 2, 4));
    assertThat(story.rows(commit, shape))
        .containsExactly("- 1 5", "- 2 6", "A - 1", "A 1 2", "A 2 4", "B 1 3");
    assertThat(story.rows(commit, shape, List.of(keyOf("B", 1), keyOf("A", 2), keyOf("A", 3))))
        .containsExactly("A 2 4", "B 1 3");
    assertThat(story.rows(commit, shape, List.of(keyOf(null, 2), keyOf("A", null), keyOf("C", 1))))
        .containsExactly("- 2 6", "A - 1");
  }

  @Test
  default void keysMayBeWantedWiderThanTheyAre() {
    TableShape shape = TableStory.shape("dim_day", 1, "day int", "name text");
    TableStory story = story();
    Commit commit = story.commit(Batch.of(shape).put(1, "one").put(2, "two"));
    List<Column> wider = List.of(new Column("day", Simple.BIGINT), new Column("name", Simple.TEXT));
    assertThat(
            TableStory.words(
                TableStory.rows(
                    story.tables.read(commit.table("dim_day"), wider, List.<Object[]>of(keyOf(2))),
                    2)))
        .containsExactly("2 two");
  }

  @Test
  default void anEmptyTableHasNoRowsAndCanBegin() {
    TableStory story = story();
    Commit empty = story.commit(cities());
    assertThat(story.rows(empty, CITY)).isEmpty();
    assertThat(story.rows(empty, CITY, List.<Object[]>of(keyOf(1L)))).isEmpty();
    assertThat(empty.table("dim_city").rows()).isZero();
    assertThat(empty.table("dim_city").nextKey()).isEqualTo(1);
    assertThat(story.rows(story.compact(), CITY)).isEmpty();

    Commit emptied = story.commit(cities().delete(1L));
    assertThat(story.rows(emptied, CITY)).isEmpty();

    Commit begun = story.commit(cities().put(1L, "Apia", 37));
    assertThat(story.rows(begun, CITY)).containsExactly("1 Apia 37");
    assertThat(story.changes(empty, begun, CITY)).containsExactly("+ 1 Apia 37");
    assertThat(story.changes(begun, story.commit(cities().delete(1L)), CITY))
        .containsExactly("- 1");
  }

  @Test
  default void aTableThatACommitLacksIsAMistakeOfTheCaller() {
    TableStory story = story();
    Commit commit = story.commit(cities());
    assertThat(story.tables.find(2)).isEmpty();
    assertThatThrownBy(
            () -> story.changes(Optional.empty(), commit, TableStory.shape("x", 1, "a int")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Object[] keyOf(Object... values) {
    return values;
  }
}
