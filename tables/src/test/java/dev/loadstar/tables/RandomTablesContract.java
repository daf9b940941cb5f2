package dev.loadstar.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.type.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Histories that nobody thought of: whatever two commits, the changes between them make the rows of
 * one out of those of the other. {@code -Dloadstar.seed=N} tells other histories.
 */
abstract class RandomTablesContract {
  private static final long SEED = Long.getLong("loadstar.seed", 20_261_121L);

  abstract Tables fresh();

  abstract int histories();

  @Test
  void changesLeadFromAnyCommitToAnyOther() {
    System.out.println("random tables: loadstar.seed=" + SEED);
    for (int i = 0; i < histories(); i++) {
      long seed = SEED + i;
      try {
        history(seed);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("history of loadstar.seed=" + seed, e);
      }
    }
  }

  private void history(long seed) {
    Random random = new Random(seed);
    RandomHistory history = new RandomHistory(new TableStory(fresh()), random);
    int steps = 4 + random.nextInt(14);
    for (int step = 0; step < steps; step++) {
      history.step();
    }
    List<Commit> commits = history.commits();
    for (Commit to : commits) {
      if (!history.readable(to)) {
        continue;
      }
      String as = "commit " + to.number();
      TableShape shape = to.table(RandomHistory.TABLE).shape();
      assertThat(history.story.rows(to, shape)).as(as).isEqualTo(history.rows(to));
      assertThat(to.table(RandomHistory.TABLE).rows()).as(as).isEqualTo(history.rows(to).size());
      assertThat(apply(history, Optional.empty(), to)).as(as).isEqualTo(history.rows(to));
      for (Commit from : commits) {
        assertThat(apply(history, Optional.of(from), to))
            .as("from commit %d to %d", from.number(), to.number())
            .isEqualTo(history.rows(to));
        if (from.identity().equals(to.identity())) {
          assertThat(history.rows(from)).as("one identity").isEqualTo(history.rows(to));
        }
      }
    }
  }

  /** What becomes of the rows of one commit. */
  private static List<String> apply(RandomHistory history, Optional<Commit> from, Commit to) {
    TableShape shape = to.table(RandomHistory.TABLE).shape();
    List<Column> columns = shape.plainColumns();
    TreeMap<Integer, String> rows = new TreeMap<>();
    from.ifPresent(commit -> rows.putAll(history.rowsAs(commit, shape)));
    List<Integer> seen = new ArrayList<>();
    try (Changes changes = history.story.tables.changes(from, to, RandomHistory.TABLE, columns)) {
      if (changes.snapshot()) {
        rows.clear();
      }
      for (Object[] row = changes.next(); row != null; row = changes.next()) {
        int key = ((Number) row[shape.names().indexOf("id")]).intValue();
        seen.add(key);
        if (changes.deleted()) {
          assertThat(changes.snapshot()).as("a snapshot deletes nothing").isFalse();
          rows.remove(key);
        } else {
          rows.put(key, TableStory.word(java.util.Arrays.copyOf(row, columns.size())));
        }
      }
    }
    assertThat(seen).as("one row a key, in order").isSorted().doesNotHaveDuplicates();
    return List.copyOf(rows.values());
  }
}
