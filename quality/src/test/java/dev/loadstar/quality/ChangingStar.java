package dev.loadstar.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.Lakes;
import dev.loadstar.quality.CheckedTable.ForeignKey;
import dev.loadstar.tables.ColumnRole;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.CommitNote;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.TableWriter;
import dev.loadstar.tables.spark.CandidateRows;
import dev.loadstar.tables.spark.SparkTables;
import dev.loadstar.tables.stored.LakeAttempt;
import dev.loadstar.tables.stored.LakeTables;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A star of two tables in a lake, and rows in memory that its next commit is to have. */
final class ChangingStar {
  static final String CUSTOMER = "dim_customer";
  static final String SALES = "fact_sales";
  static final List<CheckedTable> CHECKED =
      List.of(
          CheckedTable.dimension(CUSTOMER, "customer_key", List.of("customer_id"), true),
          CheckedTable.fact(
              SALES,
              "sales_key",
              List.of("channel", "order_number"),
              List.of(new ForeignKey("customer_key", CUSTOMER)),
              Optional.of("sold_at")));
  private static final TableShape CUSTOMERS =
      shape(
          CUSTOMER,
          TableShape.Kind.DIMENSION,
          column("customer_key", Simple.BIGINT, ColumnRole.KEY),
          column("customer_id", Simple.BIGINT, ColumnRole.NATURAL_KEY),
          column("city", Simple.TEXT, ColumnRole.ATTRIBUTE),
          column("valid_from", Simple.TIMESTAMP, ColumnRole.VALID_FROM),
          column("valid_to", Simple.TIMESTAMP, ColumnRole.ATTRIBUTE),
          column("is_current", Simple.BOOLEAN, ColumnRole.ATTRIBUTE),
          column("is_deleted", Simple.BOOLEAN, ColumnRole.ATTRIBUTE));
  private static final TableShape FACTS =
      shape(
          SALES,
          TableShape.Kind.FACT,
          column("sales_key", Simple.BIGINT, ColumnRole.KEY),
          column("channel", Simple.TEXT, ColumnRole.GRAIN),
          column("order_number", Simple.INT, ColumnRole.GRAIN),
          column("sold_at", Simple.TIMESTAMP, ColumnRole.ATTRIBUTE),
          TableColumn.foreignKey("customer_key", CUSTOMER),
          column("quantity", Simple.INT, ColumnRole.MEASURE),
          column("net_amount", new ColumnType.Decimal(19, 4), ColumnRole.MEASURE));

  final TreeMap<Long, Object[]> customers = new TreeMap<>();
  final TreeMap<Long, Object[]> sales = new TreeMap<>();
  long nextCustomer = 1;
  long nextSale = 1;
  private final SparkSession session;
  private final LakeTables tables;

  ChangingStar(SparkSession session, Path folder) {
    this.session = session;
    Lake lake = Lakes.open(folder.resolve("lake").toString(), folder, Map.of());
    tables = LakeTables.of(lake);
    for (long key = -2; key < 0; key++) {
      customers.put(key, version(key, null, "Unknown", 0, 1_000, true));
    }
  }

  private static TableShape shape(String name, TableShape.Kind kind, TableColumn... columns) {
    return new TableShape(name, kind, List.of(columns), List.of(columns[0].name()), "as told");
  }

  private static TableColumn column(String name, ColumnType type, ColumnRole role) {
    return TableColumn.of(name, type, role);
  }

  static Object[] version(long key, Long member, String city, long from, long to, boolean current) {
    return new Object[] {key, member, city, from, to, current, false};
  }

  static Object[] sale(
      long key,
      String channel,
      Integer order,
      long at,
      long customer,
      Integer quantity,
      int cents) {
    return new Object[] {key, channel, order, at, customer, quantity, BigDecimal.valueOf(cents, 4)};
  }

  /** A candidate of the rows in memory, open until it is closed. */
  Candidate candidate() {
    return new Candidate();
  }

  /** What would be committed. */
  final class Candidate implements AutoCloseable {
    private final Optional<Commit> head = tables.head();
    private final LakeAttempt attempt = tables.begin(head);
    private final SparkTables spark = new SparkTables(session, tables, attempt, 0);
    private final Map<String, Table> after = new HashMap<>();

    Candidate() {
      after.put(CUSTOMER, written(CUSTOMERS, customers, nextCustomer));
      after.put(SALES, written(FACTS, sales, nextSale));
    }

    private Table written(TableShape shape, TreeMap<Long, Object[]> rows, long next) {
      Optional<Table> prior = head.map(h -> h.table(shape.name()));
      TreeMap<Long, Object[]> old = new TreeMap<>();
      if (prior.isPresent()) {
        try (var reader = tables.read(prior.get(), shape.plainColumns())) {
          for (Object[] row = reader.next(); row != null; row = reader.next()) {
            old.put((Long) row[0], row.clone());
          }
        }
      }
      TreeSet<Long> keys = new TreeSet<>(old.keySet());
      keys.addAll(rows.keySet());
      try (TableWriter writer = attempt.write(prior, shape)) {
        for (Long key : keys) {
          if (!rows.containsKey(key)) {
            writer.delete(old.get(key));
          } else if (!Arrays.equals(rows.get(key), old.get(key))) {
            writer.put(rows.get(key));
          }
        }
        return writer.finish(rows.size() - old.size(), next);
      }
    }

    /** As if two tasks had written the same row. */
    void writtenTwice(String table, long key) {
      Table now = after.get(table);
      Dataset<Row> again = spark.read(now).filter(col(now.shape().key().get(0)).equalTo(lit(key)));
      after.put(
          table,
          spark.plus(
              Optional.of(now), now.shape(), spark.write(now.shape(), again, 1), 0, now.nextKey()));
    }

    /** Beside the head. */
    CandidateRows changes() {
      return new CandidateRows(spark, head.map(Commit::tables).orElse(Map.of()), after);
    }

    /** As if there were no head. */
    CandidateRows whole() {
      return new CandidateRows(spark, Map.of(), after);
    }

    Map<String, BigDecimal> figures() {
      return head.map(Commit::figures).orElse(Map.of());
    }

    void commit(Map<String, BigDecimal> figures) {
      LocalDate day = LocalDate.of(2026, 11, 2);
      attempt.commit(
          new CommitNote(day, day, "run", Instant.EPOCH, Map.of(), List.of(), List.of(), figures),
          after);
    }

    @Override
    public void close() {
      spark.close();
    }
  }
}
