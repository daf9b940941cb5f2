package dev.loadstar.tables;

import static dev.loadstar.tables.Told.cities;
import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.tables.stored.LakeTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTablesTest extends TablesContract {
  @TempDir private Path temp;
  private int lakes;

  private Path next() {
    return temp.resolve("lake " + ++lakes); // a space in a path is nothing special
  }

  @Override
  public Tables fresh() {
    return LakeTables.of(TestLakes.in(next()));
  }

  @Override
  public Tables copyOf(Tables tables) {
    Path copy = next();
    TestLakes.copy(folder(tables), copy);
    return LakeTables.of(TestLakes.in(copy));
  }

  @Override
  public Tables another(Tables tables) {
    return LakeTables.of(TestLakes.in(folder(tables)));
  }

  private static Path folder(Tables tables) {
    return TestLakes.folder(((LakeTables) tables).lake());
  }

  @Test
  void changesGoIntoTheBaseWhenTheyHaveGrown() {
    TableStory story = story();
    Batch many = cities();
    for (long id = 0; id < 100; id++) {
      many.put(id, "town", 1);
    }
    story.commit(many);
    for (int people = 0; people < 7; people++) {
      story.commit(cities().put(1L, "Apia", people));
    }
    assertThat(story.tables.compact("c", TableStory.NOW)).isEmpty();

    Commit eighth = story.commit(cities().put(1L, "Apia", 7).delete(2L));
    Commit joined = story.tables.compact("c", TableStory.NOW).orElseThrow();
    assertThat(story.rows(joined, CITY)).isEqualTo(story.rows(eighth, CITY)).hasSize(99);
    assertThat(joined.consumed()).isEqualTo(eighth.consumed());
    assertThat(story.tables.compact("c", TableStory.NOW)).isEmpty();

    Batch grown = cities();
    for (long id = 0; id < 20; id++) {
      grown.put(id, "city", 2);
    }
    Commit before = story.commit(grown);
    Commit folded = story.tables.compact("c", TableStory.NOW).orElseThrow();
    assertThat(folded.identity()).isEqualTo(before.identity());
    assertThat(folded.table("dim_city").rows()).isEqualTo(100);
    assertThat(story.rows(folded, CITY)).isEqualTo(story.rows(before, CITY)).hasSize(100);

    story.tables.expire(folded.number(), false);
    assertThat(TestLakes.parquet(folder(story.tables))).hasSize(1);
    assertThat(story.rows(folded, CITY)).hasSize(100);
  }

  @Test
  void anExpiryThatWasCutShortIsFinishedByTheNext() throws IOException {
    TableStory story = story();
    story.commit(cities().put(1L, "Apia", 37));
    story.commit(cities().put(2L, "Bonn", 330));
    Commit head = story.commit(cities().anew().put(3L, "Cork", 220));
    Tables cutShort = copyOf(story.tables);
    List<String> all = TestLakes.parquet(folder(story.tables));

    Expiry told = story.tables.expire(3, true);
    assertThat(TestLakes.parquet(folder(story.tables))).isEqualTo(all).hasSize(3);
    assertThat(story.tables.expire(3, false)).isEqualTo(told);
    assertThat(told.files()).isEqualTo(2);
    List<String> kept = TestLakes.parquet(folder(story.tables));
    assertThat(kept).hasSize(1);

    // What a crash leaves: the commits have expired, one file is gone, the other is not.
    Files.createDirectories(folder(cutShort).resolve("curated/_expiries"));
    Files.copy(
        folder(story.tables).resolve("curated/_expiries/000001.json"),
        folder(cutShort).resolve("curated/_expiries/000001.json"));
    String first = all.stream().filter(path -> !kept.contains(path)).findFirst().orElseThrow();
    Files.delete(folder(cutShort).resolve(first));
    Expiry rest = cutShort.expire(3, false);
    assertThat(rest.commits()).isZero();
    assertThat(rest.files()).isEqualTo(1);
    assertThat(TestLakes.parquet(folder(cutShort))).isEqualTo(kept);
    assertThat(new TableStory(cutShort).rows(head, CITY)).containsExactly("3 Cork 220");
    assertThat(cutShort.expire(3, false)).isEqualTo(new Expiry(0, 0, 0));
  }
}
