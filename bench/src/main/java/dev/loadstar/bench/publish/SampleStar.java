package dev.loadstar.bench.publish;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.commit.ChangeSet;
import dev.loadstar.lake.commit.Commit;
import dev.loadstar.lake.commit.TableShape;
import dev.loadstar.lake.commit.TableState;
import dev.loadstar.lake.load.DataFile;
import dev.loadstar.lake.parquet.RowWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * A star in a lake, the same for the same number of facts: commit 1 holds its dimensions, commit 2
 * adds the facts.
 */
final class SampleStar {
  private static final int CUSTOMERS = 10_000;
  private static final int PRODUCTS = 1_000;
  private static final int STORES = 100;
  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);
  private static final int DAYS = 365;
  private static final long DAY_MICROS = 86_400_000_000L;
  private static final long BEGINNING = LocalDate.of(1900, 1, 1).toEpochDay() * DAY_MICROS;
  private static final long OPEN_END = LocalDate.of(9999, 12, 31).toEpochDay() * DAY_MICROS;
  private static final Instant CREATED = Instant.parse("2026-12-31T00:00:00Z");

  private final Lake lake;
  private final DataFile facts;

  private SampleStar(Lake lake, DataFile facts) {
    this.lake = lake;
    this.facts = facts;
  }

  static SampleStar write(Lake lake, long factRows) {
    Map<String, TableState> tables = new TreeMap<>();
    add(tables, lake, StarShapes.CUSTOMER, CUSTOMERS, 1, SampleStar::customer);
    add(tables, lake, StarShapes.PRODUCT, PRODUCTS, 1, SampleStar::product);
    add(tables, lake, StarShapes.LOCATION, STORES, 1, SampleStar::store);
    add(tables, lake, StarShapes.DATE, DAYS, 1, SampleStar::day);
    lake.commits().claim(commit(lake, 1, Optional.empty(), tables));
    TableState sales = add(tables, lake, StarShapes.SALES, factRows, 2, SampleStar::sale);
    lake.commits().claim(commit(lake, 2, Optional.of(1L), tables));
    return new SampleStar(lake, sales.base().orElseThrow().files().get(0));
  }

  Lake lake() {
    return lake;
  }

  Commit dimensions() {
    return lake.commits().find(1).orElseThrow();
  }

  Commit everything() {
    return lake.commits().find(2).orElseThrow();
  }

  /** The facts' file, for who reads it with something else. */
  DataFile facts() {
    return facts;
  }

  private static TableState add(
      Map<String, TableState> tables,
      Lake lake,
      TableShape shape,
      long rows,
      long commit,
      LongFunction<Object[]> row) {
    List<Column> columns =
        new java.util.ArrayList<>(
            shape.columns().stream().map(c -> new Column(c.name(), c.type())).toList());
    columns.add(new Column("_op", Simple.TEXT));
    String path = "curated/%s/%s/00.parquet".formatted(shape.name(), lake.newAttempt());
    DataFile file;
    try (RowWriter writer = lake.newWriter(path, columns)) {
      for (long number = 1; number <= rows; number++) {
        Object[] values = row.apply(number);
        Object[] withOperation = java.util.Arrays.copyOf(values, values.length + 1);
        withOperation[values.length] = "U";
        writer.write(withOperation);
      }
      file = writer.finish();
    }
    ChangeSet base = new ChangeSet(commit, List.of(file), rows, 0);
    TableState state = new TableState(shape, Optional.of(base), List.of(), rows + 1, rows);
    tables.put(shape.name(), state);
    return state;
  }

  private static Commit commit(
      Lake lake, long number, Optional<Long> parent, Map<String, TableState> tables) {
    return new Commit(
        lake.id(),
        number,
        parent,
        FIRST_DAY.plusDays(DAYS - 1),
        FIRST_DAY.plusDays(DAYS - 1),
        "bench-" + number,
        CREATED,
        Map.of(),
        tables,
        List.of(),
        List.of());
  }

  private static Object[] customer(long n) {
    return member(n, n, "Customer " + n, "City " + n % 97, "Segment " + n % 5);
  }

  private static Object[] product(long n) {
    return member(n, n, "Product " + n, "Category " + n % 20, BigDecimal.valueOf(100 + n, 2));
  }

  private static Object[] store(long n) {
    return member(n, "S" + n, "Store " + n, "Region " + n % 7);
  }

  private static Object[] member(long key, Object... own) {
    Object[] values = new Object[2 + own.length + 6];
    values[0] = key;
    values[1] = key;
    System.arraycopy(own, 0, values, 2, own.length);
    Object[] validity = {BEGINNING, OPEN_END, true, 1, false, false};
    System.arraycopy(validity, 0, values, 2 + own.length, validity.length);
    return values;
  }

  private static Object[] day(long n) {
    LocalDate date = FIRST_DAY.plusDays(n - 1);
    return new Object[] {
      dateKey(date), (int) date.toEpochDay(), date.getYear(), date.getMonthValue()
    };
  }

  private static Object[] sale(long n) {
    SplittableRandom random = new SplittableRandom(n);
    LocalDate date = FIRST_DAY.plusDays(random.nextInt(DAYS));
    int quantity = 1 + random.nextInt(9);
    BigDecimal price = BigDecimal.valueOf(100 + random.nextInt(99_900), 2);
    BigDecimal gross = price.multiply(BigDecimal.valueOf(quantity));
    BigDecimal discount = BigDecimal.valueOf(random.nextInt(100), 2);
    return new Object[] {
      n,
      "online",
      "O%010d".formatted(n / 3),
      (int) (n % 3),
      date.toEpochDay() * DAY_MICROS + random.nextLong(DAY_MICROS),
      dateKey(date),
      1L + random.nextInt(CUSTOMERS),
      1L + random.nextInt(PRODUCTS),
      1L + random.nextInt(STORES),
      quantity,
      price,
      gross,
      discount,
      gross.subtract(discount),
      "EUR"
    };
  }

  private static long dateKey(LocalDate date) {
    return date.getYear() * 10_000L + date.getMonthValue() * 100 + date.getDayOfMonth();
  }
}
