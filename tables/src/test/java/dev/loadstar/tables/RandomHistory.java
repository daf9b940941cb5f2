package dev.loadstar.tables;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** One table that lives through what chance brings, and a map that lives through the same. */
final class RandomHistory {
  static final String TABLE = "t";
  private static final List<List<ColumnType>> TYPES =
      List.of(
          List.of(Simple.INT, Simple.BIGINT, new Decimal(24, 1)),
          List.of(Simple.FLOAT, Simple.DOUBLE),
          List.of(new Decimal(5, 2), new Decimal(12, 3), new Decimal(30, 6)),
          List.of(Simple.TEXT));

  /** What a commit holds: rows by key, each by column. */
  private record State(TableShape shape, TreeMap<Integer, Map<String, Object>> rows) {}

  final TableStory story;
  private final Random random;
  private final List<State> states = new ArrayList<>();
  private long expiredBelow = 1;
  private TableShape shape =
      TableStory.shape(TABLE, 1, "id int", "c0 int", "c1 float", "c2 decimal(5,2)", "c3 text");

  RandomHistory(TableStory story, Random random) {
    this.story = story;
    this.random = random;
    batch();
  }

  List<Commit> commits() {
    List<Commit> commits = new ArrayList<>();
    for (long number = 1; number <= states.size(); number++) {
      commits.add(story.tables.find(number).orElseThrow());
    }
    return commits;
  }

  boolean readable(Commit commit) {
    return commit.number() >= expiredBelow;
  }

  void step() {
    int head = states.size();
    switch (random.nextInt(10)) {
      case 0 -> drop();
      case 1 -> add();
      case 2 -> widen();
      case 3, 4 ->
          story
              .tables
              .compact("c", TableStory.NOW)
              .ifPresent(commit -> states.add(states.get(head - 1)));
      case 5 -> {
        long to = expiredBelow + random.nextInt((int) (head - expiredBelow + 1));
        story.tables.rollBack(to, "r", TableStory.NOW);
        states.add(states.get((int) to - 1));
        shape = states.get(head).shape();
      }
      case 6 -> {
        long below = 1 + random.nextInt(head);
        story.tables.expire(below, random.nextInt(3) == 0 ? dryRun() : expired(below));
      }
      default -> batch();
    }
  }

  private static boolean dryRun() {
    return true;
  }

  private boolean expired(long below) {
    expiredBelow = Math.max(expiredBelow, below);
    return false;
  }

  private void drop() {
    List<TableColumn> columns = new ArrayList<>(shape.columns());
    if (columns.size() > 1) {
      columns.remove(1 + random.nextInt(columns.size() - 1));
    }
    become(columns);
  }

  private void add() {
    List<TableColumn> columns = new ArrayList<>(shape.columns());
    int number = random.nextInt(6);
    if (shape.column("c" + number).isEmpty()) {
      ColumnType type = TYPES.get(random.nextInt(TYPES.size())).get(0);
      columns.add(
          1 + random.nextInt(columns.size()),
          TableColumn.of("c" + number, type, ColumnRole.ATTRIBUTE));
    }
    become(columns);
  }

  private void widen() {
    List<TableColumn> columns = new ArrayList<>(shape.columns());
    int at = random.nextInt(columns.size());
    TableColumn old = columns.get(at);
    for (List<ColumnType> line : TYPES) {
      int place = line.indexOf(old.type());
      if (place >= 0 && place + 1 < line.size()) {
        columns.set(at, TableColumn.of(old.name(), line.get(place + 1), old.role()));
      }
    }
    become(columns);
  }

  private void become(List<TableColumn> columns) {
    shape = new TableShape(TABLE, shape.kind(), columns, shape.key(), shape.definition());
    batch();
  }

  private void batch() {
    TreeMap<Integer, Map<String, Object>> rows = new TreeMap<>();
    Optional<State> last =
        states.isEmpty() ? Optional.empty() : Optional.of(states.get(states.size() - 1));
    boolean anew = last.isPresent() && random.nextInt(12) == 0;
    if (!anew) {
      last.ifPresent(state -> state.rows().forEach((key, row) -> rows.put(key, as(row))));
    }
    Batch batch = Batch.of(shape);
    if (anew) {
      batch.anew();
    }
    int dense = random.nextInt(12); // now and then a commit changes nothing
    for (int key = 0; key < 12; key++) {
      if (random.nextInt(12) >= dense) {
        continue;
      }
      if (!anew && random.nextInt(3) == 0) {
        rows.remove(key);
        batch.delete(as(key, shape.plainColumns().get(0).type()));
      } else {
        Map<String, Object> row = new HashMap<>();
        for (TableColumn column : shape.columns()) {
          row.put(column.name(), value(column.type()));
        }
        row.put("id", key);
        rows.put(key, as(row));
        batch.put(values(rows.get(key), shape));
      }
    }
    story.commit(batch);
    states.add(new State(shape, rows));
  }

  private Object value(ColumnType type) {
    int some = random.nextInt(5) - 1;
    return some < 0 ? null : type == Simple.TEXT ? "v" + some : as(some, type);
  }

  /** A small number as each type writes it, by rules of this test's own. */
  private static Object as(Object value, ColumnType type) {
    if (value == null || type == Simple.TEXT) {
      return value;
    }
    BigDecimal number = new BigDecimal(value.toString());
    if (type instanceof Decimal decimal) {
      return number.setScale(decimal.scale());
    }
    return switch ((Simple) type) {
      case INT -> number.intValue();
      case BIGINT -> number.longValue();
      case FLOAT -> number.floatValue();
      default -> number.doubleValue();
    };
  }

  private Map<String, Object> as(Map<String, Object> row) {
    return as(row, shape);
  }

  private static Map<String, Object> as(Map<String, Object> row, TableShape wanted) {
    Map<String, Object> now = new HashMap<>();
    for (TableColumn column : wanted.columns()) {
      now.put(column.name(), as(row.get(column.name()), column.type()));
    }
    return now;
  }

  private static Object[] values(Map<String, Object> row, TableShape wanted) {
    return wanted.names().stream().map(row::get).toArray();
  }

  private State state(Commit commit) {
    return states.get((int) commit.number() - 1);
  }

  List<String> rows(Commit commit) {
    return List.copyOf(rowsAs(commit, state(commit).shape()).values());
  }

  /** The rows of a commit as somebody keeps them who has only the columns of another. */
  TreeMap<Integer, String> rowsAs(Commit commit, TableShape wanted) {
    TreeMap<Integer, String> rows = new TreeMap<>();
    state(commit)
        .rows()
        .forEach(
            (key, row) -> rows.put(key, TableStory.word(values(loosely(row, wanted), wanted))));
    return rows;
  }

  /** A value whose type did not widen is what it was, in its own words. */
  private static Map<String, Object> loosely(Map<String, Object> row, TableShape wanted) {
    Map<String, Object> now = new HashMap<>();
    for (Column column : wanted.plainColumns()) {
      Object value = row.get(column.name());
      boolean number = value != null && !(value instanceof String) && column.type() != Simple.TEXT;
      now.put(column.name(), number ? as(value, column.type()) : value);
    }
    return now;
  }
}
