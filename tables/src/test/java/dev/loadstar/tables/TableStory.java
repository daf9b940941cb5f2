package dev.loadstar.tables;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.lake.parquet.RowReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Tells a history of commits and shows in words what came of it. */
final class TableStory {
  static final EntityName CITIES_LOADED = new EntityName("shop", "cities");
  static final Instant NOW = Instant.parse("2026-11-02T03:04:05.678901Z");
  static final LocalDate DAY = LocalDate.of(2026, 11, 2);

  final Tables tables;

  TableStory(Tables tables) {
    this.tables = tables;
  }

  /** A dimension whose first so many columns are its key; a column is {@code name type}. */
  static TableShape shape(String name, int key, String... columns) {
    List<TableColumn> all =
        Arrays.stream(columns)
            .map(text -> text.split(" "))
            .map(
                word ->
                    TableColumn.of(
                        word[0], ColumnType.parse(word[1]).orElseThrow(), ColumnRole.ATTRIBUTE))
            .toList();
    List<String> names = all.stream().map(TableColumn::name).toList();
    return new TableShape(name, TableShape.Kind.DIMENSION, all, names.subList(0, key), "as told");
  }

  /** The head with other rows in some tables. */
  Commit commit(Batch... batches) {
    Optional<Commit> head = tables.head();
    Attempt attempt = tables.begin(head);
    return attempt.commit(note(attempt.number()), written(attempt, head, batches));
  }

  Map<String, Table> written(Attempt attempt, Optional<Commit> head, Batch... batches) {
    Map<String, Table> all = new HashMap<>(head.map(Commit::tables).orElse(Map.of()));
    for (Batch batch : batches) {
      Optional<Table> before = Optional.ofNullable(all.get(batch.shape.name()));
      all.put(batch.shape.name(), batch.write(tables, attempt, before));
    }
    return all;
  }

  /** Every commit has consumed the load of its own number. */
  static CommitNote note(long number) {
    LocalDate day = DAY.plusDays(number - 1);
    return new CommitNote(
        day, day, "run " + number, NOW, Map.of(CITIES_LOADED, number), List.of(), List.of());
  }

  /** The head in fewer files, if that is to be had. */
  Commit compact() {
    return tables.compact("compaction", NOW).or(tables::head).orElseThrow();
  }

  List<String> rows(Commit commit, TableShape shape) {
    List<Column> columns = shape.plainColumns();
    return words(rows(tables.read(commit.table(shape.name()), columns), columns.size()));
  }

  List<String> rows(Commit commit, TableShape shape, List<Object[]> keys) {
    List<Column> columns = shape.plainColumns();
    return words(rows(tables.read(commit.table(shape.name()), columns, keys), columns.size()));
  }

  /** {@code snapshot} first if it is one, then {@code + row} or {@code - key}. */
  List<String> changes(Optional<Commit> from, Commit to, TableShape shape) {
    return changes(from, to, shape, shape.plainColumns());
  }

  List<String> changes(Optional<Commit> from, Commit to, TableShape shape, List<Column> columns) {
    List<String> words = new ArrayList<>();
    int[] key = shape.key().stream().mapToInt(names(columns)::indexOf).toArray();
    try (Changes changes = tables.changes(from, to, shape.name(), columns)) {
      if (changes.snapshot()) {
        words.add("snapshot");
      }
      for (Object[] row = changes.next(); row != null; row = changes.next()) {
        Object[] values = row;
        words.add(
            changes.deleted()
                ? "- " + word(Arrays.stream(key).mapToObj(i -> values[i]).toArray())
                : "+ " + word(Arrays.copyOf(row, columns.size())));
      }
    }
    return words;
  }

  List<String> changes(Commit from, Commit to, TableShape shape) {
    return changes(Optional.of(from), to, shape);
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }

  /** The first so many columns of all rows. */
  static List<Object[]> rows(RowReader reader, int width) {
    List<Object[]> rows = new ArrayList<>();
    try (reader) {
      for (Object[] row = reader.next(); row != null; row = reader.next()) {
        rows.add(Arrays.copyOf(row, width));
      }
    }
    return rows;
  }

  static List<String> words(List<Object[]> rows) {
    return rows.stream().map(TableStory::word).toList();
  }

  static String word(Object... row) {
    return Arrays.stream(row).map(TableStory::text).collect(Collectors.joining(" "));
  }

  private static String text(Object value) {
    if (value instanceof byte[] bytes) {
      return "x" + HexFormat.of().formatHex(bytes);
    }
    return value == null
        ? "-"
        : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  /** The keys of some rows. */
  static final class Keys {
    private final KeyOrder order;
    private final TreeSet<Object[]> keys;

    Keys(TableShape shape, List<Object[]> keys) {
      order = new KeyOrder(shape.plainColumns(), shape.key());
      List<Column> columns =
          shape.key().stream().map(name -> shape.column(name).orElseThrow().plain()).toList();
      this.keys = new TreeSet<>(new KeyOrder(columns, shape.key()));
      this.keys.addAll(keys);
    }

    boolean contains(Object[] row) {
      return keys.contains(order.keyOf(row));
    }
  }
}
