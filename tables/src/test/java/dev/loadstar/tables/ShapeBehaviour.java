package dev.loadstar.tables;

import static dev.loadstar.tables.Told.cities;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Columns that come, go and widen. */
interface ShapeBehaviour extends Told {
  TableShape MAYORS =
      TableStory.shape("dim_city", 1, "id bigint", "mayor text", "name text", "people int");
  TableShape NAMELESS = TableStory.shape("dim_city", 1, "id bigint", "people int");

  @Test
  default void aColumnThatComesIsNullInOlderRows() {
    TableStory story = story();
    Commit first = story.commit(cities().put(1L, "Apia", 37).put(2L, "Bonn", 330));
    Commit second = story.commit(Batch.of(MAYORS).put(2L, "Eva", "Bonn", 331));
    assertThat(story.rows(second, MAYORS)).containsExactly("1 - Apia 37", "2 Eva Bonn 331");
    assertThat(story.changes(first, second, MAYORS)).containsExactly("+ 2 Eva Bonn 331");
    assertThat(story.changes(second, first, CITY)).containsExactly("+ 2 Bonn 330");
    assertThat(story.rows(first, CITY)).containsExactly("1 Apia 37", "2 Bonn 330");
  }

  @Test
  default void aColumnThatGoesIsGone() {
    TableStory story = story();
    Commit first = story.commit(cities().put(1L, "Apia", 37).put(2L, "Bonn", 330));
    Commit second = story.commit(Batch.of(NAMELESS).put(2L, 331));
    assertThat(story.rows(second, NAMELESS)).containsExactly("1 37", "2 331");
    assertThat(story.changes(first, second, NAMELESS)).containsExactly("+ 2 331");
    assertThat(story.rows(story.compact(), NAMELESS)).containsExactly("1 37", "2 331");
  }

  @Test
  default void aColumnThatComesBackKnowsNothingOfBefore() {
    TableStory story = story();
    Commit first = story.commit(cities().put(1L, "Apia", 37).put(2L, "Bonn", 330));
    Commit without = story.commit(Batch.of(NAMELESS).put(2L, 331));
    Commit back = story.commit(cities().put(3L, "Cork", 220));
    assertThat(story.rows(back, CITY)).containsExactly("1 - 37", "2 - 331", "3 Cork 220");
    assertThat(story.changes(first, back, CITY))
        .containsExactly("+ 1 - 37", "+ 2 - 331", "+ 3 Cork 220");
    assertThat(story.changes(without, back, CITY)).containsExactly("+ 3 Cork 220");
    assertThat(story.changes(back, first, CITY))
        .containsExactly("+ 1 Apia 37", "+ 2 Bonn 330", "- 3");
    Commit later = story.compact();
    assertThat(story.rows(later, CITY)).isEqualTo(story.rows(back, CITY));
    Commit again = story.commit(cities().put(1L, "Apia", 40));
    assertThat(story.rows(again, CITY)).containsExactly("1 Apia 40", "2 - 331", "3 Cork 220");
  }

  @Test
  default void aColumnMayComeBackAsAnotherType() {
    TableShape number = TableStory.shape("dim_city", 1, "id bigint", "name int", "people int");
    TableStory story = story();
    Commit first = story.commit(cities().put(1L, "Apia", 37));
    story.commit(Batch.of(NAMELESS));
    Commit back = story.commit(Batch.of(number).put(2L, 7, 8));
    assertThat(story.rows(back, number)).containsExactly("1 - 37", "2 7 8");
    assertThat(story.changes(first, back, number))
        .containsExactly("snapshot", "+ 1 - 37", "+ 2 7 8");
  }

  @Test
  default void typesWiden() {
    TableShape narrow =
        TableStory.shape(
            "t", 1, "id int", "a int", "b bigint", "c decimal(9,2)", "d float", "e int");
    TableShape wide =
        TableStory.shape(
            "t",
            1,
            "id bigint",
            "a bigint",
            "b decimal(24,3)",
            "c decimal(20,4)",
            "d double",
            "e decimal(12,2)");
    TableStory story = story();
    Commit first =
        story.commit(
            Batch.of(narrow)
                .put(1, 2, Long.MIN_VALUE, new BigDecimal("3.45"), 0.5f, -7)
                .put(2, 3, 4L, new BigDecimal("9999999.99"), 1.5f, null));
    Commit second =
        story.commit(
            Batch.of(wide)
                .put(
                    3L,
                    1L << 40,
                    new BigDecimal("0.001"),
                    new BigDecimal("-0.0001"),
                    0.1,
                    new BigDecimal("1.23")));
    List<String> all =
        List.of(
            "1 2 -9223372036854775808.000 3.4500 0.5 -7.00",
            "2 3 4.000 9999999.9900 1.5 -",
            "3 1099511627776 0.001 -0.0001 0.1 1.23");
    assertThat(story.rows(second, wide)).isEqualTo(all);
    assertThat(story.changes(first, second, wide)).containsExactly("+ " + all.get(2));
    assertThat(story.rows(story.compact(), wide)).isEqualTo(all);
    assertThat(story.rows(first, narrow))
        .containsExactly("1 2 -9223372036854775808 3.45 0.5 -7", "2 3 4 9999999.99 1.5 -");
  }

  @Test
  default void aKeyThatIsNotWantedMayWidenBetweenTwoCommits() {
    TableShape narrow = TableStory.shape("t", 1, "id int", "name text");
    TableShape wide = TableStory.shape("t", 1, "id bigint", "name text");
    TableStory story = story();
    Commit first = story.commit(Batch.of(narrow).put(1, "a").put(2, "b"));
    Commit second = story.commit(Batch.of(wide).put(2L, "c"));
    Commit anew = story.commit(Batch.of(wide).anew().put(1L, "a").put(2L, "d"));
    List<Column> name = List.of(new Column("name", Simple.TEXT));
    assertThat(story.changes(Optional.of(first), second, wide, name)).containsExactly("+ c");
    assertThat(story.changes(Optional.of(first), anew, wide, name)).containsExactly("+ d");
  }

  @Test
  default void whatDoesNotWidenIsRefused() {
    TableStory story = story();
    Commit first = story.commit(cities().put(1L, "Apia", 37));
    Attempt attempt = story.tables.begin(Optional.of(first));
    TableShape other = TableStory.shape("dim_city", 1, "id bigint", "name int", "people int");
    assertThatThrownBy(() -> attempt.reshaped(first.table("dim_city"), other))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void aShapeAloneChangesNoRow() {
    TableStory story = story();
    Commit first = story.commit(cities().put(1L, "Apia", 37).nextKey(8));
    Attempt attempt = story.tables.begin(Optional.of(first));
    Table reshaped = attempt.reshaped(first.table("dim_city"), MAYORS);
    Commit second = attempt.commit(TableStory.note(2), Map.of("dim_city", reshaped));
    assertThat(second.table("dim_city").shape()).isEqualTo(MAYORS);
    assertThat(second.table("dim_city").rows()).isEqualTo(1);
    assertThat(second.table("dim_city").nextKey()).isEqualTo(8);
    assertThat(story.rows(second, MAYORS)).containsExactly("1 - Apia 37");
    assertThat(second.identity()).isNotEqualTo(first.identity());
  }
}
