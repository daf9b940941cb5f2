package dev.loadstar.bench.publish;

import dev.loadstar.lake.Lake;
import dev.loadstar.tables.Attempt;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.CommitNote;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.TableWriter;
import dev.loadstar.tables.stored.LakeTables;
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

  private final LakeTables tables;

  private SampleStar(LakeTables tables) {
    this.tables = tables;
  }

  static SampleStar write(Lake lake, long factRows) {
    LakeTables tables = LakeTables.of(lake);
    Map<String, Table> written = new TreeMap<>();
    Attempt first = tables.begin(Optional.empty());
    add(written, first, StarShapes.CUSTOMER, CUSTOMERS, SampleStar::customer);
    add(written, first, StarShapes.PRODUCT, PRODUCTS, SampleStar::product);
    add(written, first, StarShapes.LOCATION, STORES, SampleStar::store);
    add(written, first, StarShapes.DATE, DAYS, SampleStar::day);
    Commit dimensions = first.commit(note(1), written);
    Attempt second = tables.begin(Optional.of(dimensions));
    add(written, second, StarShapes.SALES, factRows, SampleStar::sale);
    var unused = second.commit(note(2), written);
    return new SampleStar(tables);
  }

  LakeTables tables() {
    return tables;
  }

  Commit dimensions() {
    return tables.find(1).orElseThrow();
  }

  Commit everything() {
    return tables.find(2).orElseThrow();
  }

  private static void add(
      Map<String, Table> written,
      Attempt attempt,
      TableShape shape,
      long rows,
      LongFunction<Object[]> row) {
    try (TableWriter writer = attempt.write(Optional.empty(), shape)) {
      for (long number = 1; number <= rows; number++) {
        writer.put(row.apply(number));
      }
      written.put(shape.name(), writer.finish(rows, rows + 1));
    }
  }

  private static CommitNote note(long number) {
    LocalDate last = FIRST_DAY.plusDays(DAYS - 1);
    return new CommitNote(last, last, "bench-" + number, CREATED, Map.of(), List.of(), List.of());
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
