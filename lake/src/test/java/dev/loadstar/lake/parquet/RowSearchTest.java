package dev.loadstar.lake.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.file.FolderFiles;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowSearchTest {
  private static final int ROWS = 90_000; // of several pages, and dictionaries that fill up
  private static final String PATH = "rows.parquet";
  private static final List<Column> COLUMNS =
      List.of(
          new Column("key", Simple.TEXT),
          new Column("id", Simple.INT),
          new Column("part", Simple.INT),
          new Column("at", Simple.TIMESTAMP),
          new Column("amount", new Decimal(10, 2)),
          new Column("note", Simple.TEXT));

  @TempDir Path folder;
  private final Random random = new Random(7);
  private final List<Object[]> rows = rows();

  private List<Object[]> rows() {
    return IntStream.range(0, ROWS)
        .mapToObj(
            i ->
                new Object[] {
                  "k%06d".formatted(i),
                  i / 3,
                  i % 3,
                  i * 1_000_000L - 5,
                  i % 5 == 0 ? null : new BigDecimal(i % 1000).movePointLeft(2),
                  i % 7 == 0 ? null : "note " + random.nextInt()
                })
        .toList();
  }

  @Test
  void rowsOfSomeKeysAreFoundWhole() {
    write();
    List<Object[]> keys = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      keys.add(new Object[] {"k%06d".formatted(random.nextInt(2 * ROWS))});
    }
    List<Object> wanted = keys.stream().map(k -> k[0]).toList();
    assertThat(find(List.of(COLUMNS.get(0)), keys)).isDeepEqualTo(of(r -> wanted.contains(r[0])));
  }

  @Test
  void aKeyOfSeveralColumnsIsFoundAsAWhole() {
    write();
    List<Object[]> keys =
        List.of(
            new Object[] {77, 1},
            new Object[] {77, 9},
            new Object[] {29_999, 2},
            new Object[] {null, 2},
            new Object[] {5, null});
    assertThat(find(List.of(COLUMNS.get(1), COLUMNS.get(2)), keys))
        .isDeepEqualTo(of(r -> r[1].equals(77) && r[2].equals(1) || r[0].equals("k089999")));
  }

  @Test
  void keysThatLieInEveryPageAreFound() {
    write();
    assertThat(find(List.of(COLUMNS.get(2)), List.<Object[]>of(new Object[] {1})))
        .isDeepEqualTo(of(r -> r[2].equals(1)));
    BigDecimal amount = new BigDecimal("3.17");
    assertThat(find(List.of(COLUMNS.get(4)), List.<Object[]>of(new Object[] {amount})))
        .isDeepEqualTo(of(r -> amount.equals(r[4])));
  }

  @Test
  void whatIsNowhereIsNotFound() {
    write();
    assertThat(find(List.of(COLUMNS.get(0)), List.<Object[]>of(new Object[] {"zzz"}))).isEmpty();
    assertThat(find(List.of(COLUMNS.get(0)), List.of())).isEmpty();
    Column missing = new Column("missing", Simple.TEXT);
    assertThat(find(List.of(missing), List.<Object[]>of(new Object[] {"a"}))).isEmpty();
  }

  @Test
  void aKeyOfAWiderTypeIsFoundInAnOlderFile() {
    write();
    Column wide = new Column("id", Simple.BIGINT);
    assertThat(find(List.of(wide), List.<Object[]>of(new Object[] {1234L})))
        .isDeepEqualTo(of(r -> r[1].equals(1234)));
  }

  @Test
  void rowsOfASpanOfTimeAreFound() {
    write();
    long from = 40_000 * 1_000_000L - 5;
    long before = from + 2_500_000L;
    List<Object[]> found = new ArrayList<>();
    new RowSearch(PATH, new FolderFiles(folder).newInput(PATH), COLUMNS)
        .find(new RowFilter.Between(COLUMNS.get(3), from, before), ROWS, found::add);
    assertThat(found.toArray(Object[][]::new))
        .isDeepEqualTo(of(r -> (Long) r[3] >= from && (Long) r[3] < before))
        .hasDimensions(3, COLUMNS.size());
  }

  @Test
  void aSearchEndsWhenItIsToldAndBeforeItReadsTooMuch() {
    write();
    List<Object[]> found = new ArrayList<>();
    assertThat(thirds(ROWS, row -> found.add(row) && found.size() < 10)).isFalse();
    assertThat(found).hasSize(10);
    assertThat(thirds(ROWS / 3 - 1, found::add)).isFalse();
    assertThat(found).hasSize(10);
    assertThat(thirds(ROWS / 3, row -> true)).isTrue();
  }

  private boolean thirds(long most, Predicate<Object[]> take) {
    return new RowSearch(PATH, new FolderFiles(folder).newInput(PATH), COLUMNS)
        .find(RowKeys.of(List.of(COLUMNS.get(2)), List.<Object[]>of(new Object[] {1})), most, take);
  }

  /**
   * Readers that shared Parquet's codecs let go of them under each other, mostly in small files.
   */
  @Test
  void searchesAtTheSameTimeDoNotDisturbEachOther() {
    FolderFiles files = new FolderFiles(folder);
    List<Object[]> few = rows.subList(0, 40);
    try (RowWriter writer =
        ParquetRows.write(PATH, files.newOutput(PATH), () -> files.newInput(PATH), COLUMNS)) {
      few.forEach(writer::write);
      writer.finish();
    }
    Object[][] wanted = few.stream().filter(r -> r[2].equals(1)).toArray(Object[][]::new);
    assertThat(
            IntStream.range(0, 4_000)
                .parallel()
                .mapToObj(i -> find(List.of(COLUMNS.get(2)), List.<Object[]>of(new Object[] {1})))
                .allMatch(found -> Arrays.deepEquals(found, wanted)))
        .isTrue();
  }

  @Test
  void smallFilesWithManyNullsAreSearchedAlike() {
    List<Column> columns =
        List.of(
            new Column("id", Simple.BIGINT),
            new Column("one", Simple.TEXT),
            new Column("none", Simple.TEXT),
            new Column("some", Simple.INT));
    for (int story = 0; story < 300; story++) {
      String path = "small-" + story + ".parquet";
      int size = 1 + random.nextInt(12);
      List<Object[]> small = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        small.add(
            new Object[] {
              random.nextInt(4) == 0 ? null : (Long) (long) random.nextInt(20),
              "same",
              null,
              random.nextBoolean() ? null : (Integer) random.nextInt(3)
            });
      }
      FolderFiles files = new FolderFiles(folder);
      try (RowWriter writer =
          ParquetRows.write(path, files.newOutput(path), () -> files.newInput(path), columns)) {
        small.forEach(writer::write);
        writer.finish();
      }
      List<Object[]> keys = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(4); i++) {
        keys.add(new Object[] {(long) random.nextInt(20)});
      }
      List<Object[]> found = new ArrayList<>();
      new RowSearch(path, files.newInput(path), columns)
          .find(RowKeys.of(List.of(columns.get(0)), keys), size, found::add);
      List<Object> wanted = keys.stream().map(k -> k[0]).toList();
      assertThat(found.toArray(Object[][]::new))
          .isDeepEqualTo(
              small.stream().filter(r -> wanted.contains(r[0])).toArray(Object[][]::new));
    }
  }

  private void write() {
    FolderFiles files = new FolderFiles(folder);
    try (RowWriter writer =
        ParquetRows.write(PATH, files.newOutput(PATH), () -> files.newInput(PATH), COLUMNS)) {
      rows.forEach(writer::write);
      writer.finish();
    }
  }

  private Object[][] find(List<Column> by, List<Object[]> keys) {
    List<Object[]> found = new ArrayList<>();
    new RowSearch(PATH, new FolderFiles(folder).newInput(PATH), COLUMNS)
        .find(RowKeys.of(by, keys), ROWS, found::add);
    return found.toArray(Object[][]::new);
  }

  private Object[][] of(Predicate<Object[]> wanted) {
    return rows.stream()
        .filter(wanted)
        .map(r -> Arrays.copyOf(r, r.length))
        .toArray(Object[][]::new);
  }

  /** The types that keys may have. */
  @Test
  void columnsThatAreNotEqualAsADatabaseSaysAreNoKeys() {
    for (ColumnType type : List.of(Simple.FLOAT, Simple.DOUBLE, Simple.BINARY)) {
      assertThat(RowKeys.knows(type)).isFalse();
    }
    assertThat(RowKeys.knows(new Decimal(38, 10))).isTrue();
  }
}
