package dev.loadstar.tables;

import dev.loadstar.lake.parquet.RowReader;
import java.time.Instant;
import java.util.List;

/** What tests of other packages need of {@link TableStory}. */
public final class TestStory {
  public static final Instant NOW = TableStory.NOW;

  private TestStory() {}

  public static TableShape shape(String name, int key, String... columns) {
    return TableStory.shape(name, key, columns);
  }

  public static CommitNote note(long number) {
    return TableStory.note(number);
  }

  public static List<String> words(RowReader reader, TableShape shape) {
    return words(TableStory.rows(reader, shape.columns().size()));
  }

  public static List<String> words(List<Object[]> rows) {
    return TableStory.words(rows);
  }

  public static List<String> changes(Tables tables, Commit from, Commit to, String table) {
    return new TableStory(tables).changes(from, to, to.table(table).shape());
  }
}
