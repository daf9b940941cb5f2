package dev.loadstar.tables;

import static dev.loadstar.tables.CommitBehaviour.refused;
import static dev.loadstar.tables.Told.cities;
import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.error.ErrorCode;
import org.junit.jupiter.api.Test;

/** What is given up, and what stays. */
interface RetentionBehaviour extends Told {
  @Test
  default void theHeadKeepsAllItNeeds() {
    TableStory story = story();
    story.commit(cities().put(1L, "Apia", 37).put(2L, "Bonn", 330));
    story.commit(cities().put(3L, "Cork", 220));
    Commit head = story.commit(cities().delete(2L));
    assertThat(story.tables.expire(99, false).commits()).isEqualTo(2);
    assertThat(another(story.tables).head()).contains(head);
    assertThat(new TableStory(another(story.tables)).rows(head, CITY))
        .containsExactly("1 Apia 37", "3 Cork 220");
    refused(() -> story.tables.rollBack(2, "x", TableStory.NOW), ErrorCode.NOT_FOUND);
    assertThat(story.rows(story.commit(cities().put(2L, "Bari", 3)), CITY))
        .containsExactly("1 Apia 37", "2 Bari 3", "3 Cork 220");
  }

  @Test
  default void aDryRunTakesNothing() {
    TableStory story = story();
    story.commit(cities().put(1L, "Apia", 37));
    story.commit(cities().anew().put(2L, "Bonn", 330));
    story.commit(cities().put(3L, "Cork", 220));
    Expiry told = story.tables.expire(3, true);
    assertThat(told.commits()).isEqualTo(2);
    assertThat(story.rows(story.tables.find(1).orElseThrow(), CITY)).containsExactly("1 Apia 37");
    Commit back = story.tables.rollBack(1, "back", TableStory.NOW);
    assertThat(story.rows(back, CITY)).containsExactly("1 Apia 37");
    assertThat(story.tables.expire(3, false).commits()).isEqualTo(2);
  }

  @Test
  default void fromAnExpiredCommitEveryRowComesThoughItsOwnAreGone() {
    TableStory story = story();
    Commit first = story.commit(cities().put(1L, "Apia", 37));
    Commit second = story.commit(cities().anew().put(2L, "Bonn", 330));
    Commit third = story.commit(cities().put(3L, "Cork", 220));
    story.tables.expire(2, false);
    assertThat(story.changes(first, third, CITY))
        .containsExactly("snapshot", "+ 2 Bonn 330", "+ 3 Cork 220");
    assertThat(story.changes(second, third, CITY)).containsExactly("+ 3 Cork 220");
  }

  @Test
  default void whatLaterCommitsShareStaysReadable() {
    TableStory story = story();
    story.commit(cities().put(1L, "Apia", 37));
    Commit second = story.commit(cities().put(2L, "Bonn", 330));
    Commit third = story.commit(cities().delete(1L));
    story.commit(cities().anew().put(9L, "Bari", 3));
    assertThat(story.tables.expire(2, false).commits()).isEqualTo(1);
    assertThat(story.tables.expire(2, false).commits()).isZero();
    assertThat(story.rows(second, CITY)).containsExactly("1 Apia 37", "2 Bonn 330");
    assertThat(story.rows(third, CITY)).containsExactly("2 Bonn 330");
    Commit back = story.tables.rollBack(2, "back", TableStory.NOW);
    assertThat(story.rows(back, CITY)).containsExactly("1 Apia 37", "2 Bonn 330");
    story.tables.expire(5, false);
    assertThat(story.rows(back, CITY)).containsExactly("1 Apia 37", "2 Bonn 330");
  }
}
