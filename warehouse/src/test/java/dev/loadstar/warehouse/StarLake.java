package dev.loadstar.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.Lakes;
import dev.loadstar.tables.Attempt;
import dev.loadstar.tables.ColumnRole;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.CommitNote;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.TableShape.Kind;
import dev.loadstar.tables.TableWriter;
import dev.loadstar.tables.stored.LakeTables;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes commits of a small star, of customers, days and sales, by hand. */
final class StarLake {
  static final TableShape CUSTOMER =
      shape(
          Kind.DIMENSION,
          "dim_customer",
          TableColumn.of("customer_key", Simple.BIGINT, ColumnRole.KEY),
          TableColumn.of("customer_durable_key", Simple.BIGINT, ColumnRole.DURABLE_KEY),
          TableColumn.of("customer_id", Simple.BIGINT, ColumnRole.NATURAL_KEY),
          TableColumn.of("city", Simple.TEXT, ColumnRole.ATTRIBUTE),
          TableColumn.of("valid_from", Simple.TIMESTAMP, ColumnRole.VALID_FROM),
          TableColumn.of("valid_to", Simple.TIMESTAMP, ColumnRole.ATTRIBUTE),
          TableColumn.of("is_current", Simple.BOOLEAN, ColumnRole.ATTRIBUTE),
          TableColumn.of("version", Simple.INT, ColumnRole.ATTRIBUTE),
          TableColumn.of("is_inferred", Simple.BOOLEAN, ColumnRole.ATTRIBUTE),
          TableColumn.of("is_deleted", Simple.BOOLEAN, ColumnRole.ATTRIBUTE),
          TableColumn.of("secret_digest", Simple.BIGINT, ColumnRole.INTERNAL));
  static final TableShape DATE =
      shape(
          Kind.DIMENSION,
          "dim_date",
          TableColumn.of("date_key", Simple.BIGINT, ColumnRole.KEY),
          TableColumn.of("date", Simple.DATE, ColumnRole.ATTRIBUTE));
  static final TableShape SALES =
      shape(
          Kind.FACT,
          "fact_sales",
          TableColumn.of("sales_key", Simple.BIGINT, ColumnRole.KEY),
          TableColumn.of("channel", Simple.TEXT, ColumnRole.GRAIN),
          TableColumn.of("order_number", Simple.TEXT, ColumnRole.GRAIN),
          TableColumn.of("line_number", Simple.INT, ColumnRole.GRAIN),
          TableColumn.of("sold_at", Simple.TIMESTAMP, ColumnRole.ATTRIBUTE),
          TableColumn.foreignKey("date_key", "dim_date"),
          TableColumn.foreignKey("customer_key", "dim_customer"),
          TableColumn.foreignKey("product_key", "dim_product"),
          TableColumn.foreignKey("location_key", "dim_location"),
          TableColumn.of("net_amount", new Decimal(19, 4), ColumnRole.MEASURE));
  static final TableShape PRODUCT = member("product", "product_id", Simple.BIGINT);
  static final TableShape LOCATION = member("location", "store_id", Simple.TEXT);
  static final List<TableShape> ALL = List.of(CUSTOMER, DATE, PRODUCT, LOCATION, SALES);

  static final long ALWAYS = micros("1900-01-01T00:00:00Z");
  static final long OPEN = micros("9999-12-31T00:00:00Z");

  final LakeTables tables;

  /** The tables of the commits to come. */
  List<TableShape> shapes = ALL;

  private final Map<String, Long> rows = new HashMap<>();

  StarLake(Path folder) {
    tables = LakeTables.of(Lakes.open(folder.toString(), folder, Map.of()));
  }

  private static TableShape member(String name, String id, Simple type) {
    return shape(
        Kind.DIMENSION,
        "dim_" + name,
        TableColumn.of(name + "_key", Simple.BIGINT, ColumnRole.KEY),
        TableColumn.of(name + "_durable_key", Simple.BIGINT, ColumnRole.DURABLE_KEY),
        TableColumn.of(id, type, ColumnRole.NATURAL_KEY),
        TableColumn.of("valid_from", Simple.TIMESTAMP, ColumnRole.VALID_FROM),
        TableColumn.of("valid_to", Simple.TIMESTAMP, ColumnRole.ATTRIBUTE),
        TableColumn.of("is_current", Simple.BOOLEAN, ColumnRole.ATTRIBUTE),
        TableColumn.of("version", Simple.INT, ColumnRole.ATTRIBUTE),
        TableColumn.of("is_inferred", Simple.BOOLEAN, ColumnRole.ATTRIBUTE),
        TableColumn.of("is_deleted", Simple.BOOLEAN, ColumnRole.ATTRIBUTE));
  }

  static TableShape shape(Kind kind, String name, TableColumn... columns) {
    return new TableShape(name, kind, Arrays.asList(columns), List.of(columns[0].name()), "f");
  }

  static long micros(String instant) {
    Instant time = Instant.parse(instant);
    return time.getEpochSecond() * 1_000_000L + time.getNano() / 1000;
  }

  /** One row of a change set: its table, {@code U} or {@code D}, its values. */
  record Change(TableShape table, String op, Object[] values) {
    Change delete() {
      Object[] key = new Object[values.length];
      key[0] = values[0];
      return new Change(table, "D", key);
    }
  }

  static Change customer(long key, Long id, String city, long from, long to, int version) {
    long durable = id == null ? key : id;
    boolean current = to == OPEN;
    return new Change(
        CUSTOMER,
        "U",
        new Object[] {key, durable, id, city, from, to, current, version, false, false, 42L});
  }

  static Change day(long key, LocalDate date) {
    return new Change(DATE, "U", new Object[] {key, date == null ? null : (int) date.toEpochDay()});
  }

  static Change sale(long key, String order, int line, String soldAt, long customer, String net) {
    return new Change(
        SALES,
        "U",
        new Object[] {
          key,
          "online",
          order,
          line,
          micros(soldAt),
          20240101L,
          customer,
          -1L,
          -2L,
          new BigDecimal(net)
        });
  }

  private static Change special(TableShape table, long key) {
    return new Change(
        table, "U", new Object[] {key, key, null, ALWAYS, OPEN, true, 1, false, false});
  }

  /** Special rows, one day, two customers of whom one moved, three sales. */
  static List<Change> firstNight() {
    List<Change> changes = new ArrayList<>();
    for (long key = -2; key < 0; key++) {
      changes.add(customer(key, null, null, ALWAYS, OPEN, 1));
      changes.add(day(key, null));
      changes.add(special(PRODUCT, key));
      changes.add(special(LOCATION, key));
    }
    changes.add(day(20240101, LocalDate.of(2024, 1, 1)));
    long moved = micros("2024-01-01T12:00:00.000001Z");
    changes.add(customer(1, 7L, "Köln", ALWAYS, moved, 1));
    changes.add(customer(2, 7L, "tab\t\\ ", moved, OPEN, 2));
    changes.add(customer(3, 8L, null, ALWAYS, OPEN, 1));
    changes.add(sale(1, "A", 1, "2024-01-01T09:00:00Z", 1, "10.5000"));
    changes.add(sale(2, "A", 2, "2024-01-01T13:00:00Z", 2, "-3"));
    changes.add(sale(3, "B", 1, "2024-01-01T13:00:00.123456Z", 3, "99999.9999"));
    return changes;
  }

  Commit commit(long number, List<Change> changes) {
    Map<TableShape, List<Change>> byTable = new LinkedHashMap<>();
    changes.forEach(c -> byTable.computeIfAbsent(c.table(), t -> new ArrayList<>()).add(c));
    Optional<Commit> head = tables.head();
    Attempt attempt = tables.begin(head);
    assertThat(attempt.number()).isEqualTo(number);
    Map<String, Table> written = new HashMap<>();
    for (TableShape shape : shapes) {
      List<Change> rows = new ArrayList<>(byTable.getOrDefault(shape, List.of()));
      rows.sort(Comparator.comparing(change -> (Long) change.values()[0]));
      Optional<Table> prior = head.map(h -> h.table(shape.name()));
      long live = this.rows.getOrDefault(shape.name(), 0L);
      try (TableWriter writer = attempt.write(prior, shape)) {
        for (Change change : rows) {
          if (change.op().equals("U")) {
            writer.put(change.values());
          } else {
            writer.delete(change.values());
          }
        }
        long added = live - prior.map(Table::rows).orElse(0L);
        written.put(shape.name(), writer.finish(added, 100));
      }
    }
    return attempt.commit(
        new CommitNote(
            LocalDate.of(2024, 1, 1),
            LocalDate.of(2024, 1, 1),
            "run-" + number,
            Instant.parse("2024-01-02T00:00:00Z"),
            Map.of(EntityName.parse("shop.customers"), number),
            List.of(new HopBalance("build", "dim_customer", RowBalance.ZERO)),
            List.of(
                new QualityResult(
                    "dim_customer", "row_count", QualityResult.Severity.ERROR, true, "> 0", "3"))),
        written);
  }

  /** States how many rows a table has, for the audit. */
  void rows(TableShape table, long live) {
    rows.put(table.name(), live);
  }
}
