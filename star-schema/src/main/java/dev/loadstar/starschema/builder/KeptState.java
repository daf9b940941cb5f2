package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.unix_micros;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.tables.ColumnRole;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.spark.LoadRows;
import dev.loadstar.tables.spark.SparkTables;
import dev.loadstar.tables.spark.SparkTypes;
import dev.loadstar.tables.spark.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.storage.StorageLevel;

/**
 * The latest row per key of an entity, table {@code state_<source>__<entity>}: {@code _k} TEXT (its
 * key), {@code _changed} BIGINT (change time in microseconds, or null), arrival, the entity's
 * columns. Later change times win, then later arrivals.
 */
final class KeptState {
  /** Whether a row of a change set replaced an older one; only in the files, not in the shape. */
  static final String REPLACED = "_replaced";

  private KeptState() {}

  /**
   * @param after the state with the new loads; empty when the entity never had a load
   * @param changed the rows that are new in it, with {@link #REPLACED}
   * @param read rows of the new loads
   * @param deduplicated those that others overtook
   */
  record Change(
      EntityName entity, Optional<Table> after, Written changed, long read, long deduplicated) {
    long changedRows() {
      return changed.rows();
    }
  }

  static String table(EntityName entity) {
    return "state_" + entity.source() + "__" + entity.entity();
  }

  static Change build(
      BuildSession session, EntityName entity, Optional<Table> before, List<ProcessedLoad> loads) {
    long read = LoadRows.rows(loads);
    if (loads.isEmpty()) {
      return new Change(entity, before, Written.NOTHING, 0, 0);
    }
    TableShape shape = shape(entity, before, loads);
    Optional<Table> prior = before.map(b -> session.tables().asNow(b, shape));
    if (!LoadRows.haveFiles(loads)) {
      Table same = session.tables().plus(prior, shape, Written.NOTHING, 0, 1);
      return new Change(entity, Optional.of(same), Written.NOTHING, 0, 0);
    }
    ProcessedLoad newest = loads.get(loads.size() - 1);
    if (newest.key().isEmpty()) {
      throw new LoadException(
          ErrorCode.CONFIGURATION_INVALID,
          "Cannot keep %s: it has no key, expected one. Name its key columns in sources."
              .formatted(entity));
    }
    List<String> names = shape.columns().stream().map(TableColumn::name).toList();
    Dataset<Row> fresh = fresh(session, loads, newest, shape);
    Dataset<Row> all = fresh.withColumn("_new", lit(true));
    if (prior.isPresent() && prior.get().rows() > 0) {
      Dataset<Row> keys = fresh.select("_k").distinct();
      Dataset<Row> kept = session.tables().read(prior.get(), keys);
      all = all.unionByName(kept.withColumn("_new", lit(false)));
    }
    WindowSpec byKey = Window.partitionBy("_k");
    Dataset<Row> ranked =
        all.withColumn(
                "_rank",
                row_number()
                    .over(
                        byKey.orderBy(
                            col("_changed").desc_nulls_last(),
                            col("_load").desc(),
                            col("_origin").desc(),
                            col("_row").desc())))
            .withColumn(REPLACED, max(col("_new").equalTo(false)).over(byKey))
            .filter("_new")
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long winners = 0;
      long replaced = 0;
      long rows = 0;
      for (Row group :
          ranked
              .groupBy(col("_rank").equalTo(1), col(REPLACED))
              .agg(count(lit(1)))
              .collectAsList()) {
        long n = group.getLong(2);
        rows += n;
        if (group.getBoolean(0)) {
          winners += n;
          replaced += group.getBoolean(1) ? n : 0;
        }
      }
      List<String> written = new ArrayList<>(names);
      written.add(REPLACED);
      Dataset<Row> winning =
          ranked.filter(col("_rank").equalTo(1)).select(SparkTables.columns(written));
      Written changed = session.tables().write(shape, winning, winners);
      Table after = session.tables().plus(prior, shape, changed, winners - replaced, 1);
      return new Change(entity, Optional.of(after), changed, read, rows - winners);
    } finally {
      ranked.unpersist();
    }
  }

  private static Dataset<Row> fresh(
      BuildSession session, List<ProcessedLoad> loads, ProcessedLoad newest, TableShape shape) {
    Dataset<Row> rows = LoadRows.read(session.spark(), session.lake(), loads);
    List<org.apache.spark.sql.Column> selected = new ArrayList<>();
    selected.add(key(newest.key()).as("_k"));
    selected.add(
        newest
            .cursor()
            .map(cursor -> unix_micros(col(cursor)))
            .orElse(lit(null).cast("bigint"))
            .as("_changed"));
    List<String> have = List.of(rows.columns());
    for (TableColumn column : shape.columns().subList(2, shape.columns().size())) {
      org.apache.spark.sql.Column value =
          have.contains(column.name()) ? col(column.name()) : lit(null);
      selected.add(value.cast(SparkTypes.toSpark(column.type())).as(column.name()));
    }
    return rows.select(selected.toArray(org.apache.spark.sql.Column[]::new));
  }

  /** A key as one text; the separator cannot stand in trimmed text. */
  static org.apache.spark.sql.Column key(List<String> columns) {
    if (columns.size() == 1) {
      return col(columns.get(0)).cast("string");
    }
    return concat_ws(
        "\u001f",
        columns.stream()
            .map(c -> coalesce(col(c).cast("string"), lit("")))
            .toArray(org.apache.spark.sql.Column[]::new));
  }

  private static TableShape shape(
      EntityName entity, Optional<Table> prior, List<ProcessedLoad> loads) {
    Map<String, TableColumn> columns = new LinkedHashMap<>();
    add(columns, "_k", Simple.TEXT);
    add(columns, "_changed", Simple.BIGINT);
    add(columns, "_load", Simple.BIGINT);
    add(columns, "_origin", Simple.TEXT);
    add(columns, "_row", Simple.BIGINT);
    for (Column column : LoadRows.columns(loads)) {
      add(columns, column.name(), column.type());
    }
    prior.ifPresent(p -> p.shape().columns().forEach(c -> columns.putIfAbsent(c.name(), c)));
    return new TableShape(
        table(entity), TableShape.Kind.STATE, List.copyOf(columns.values()), List.of("_k"), "1");
  }

  private static void add(
      Map<String, TableColumn> columns, String name, dev.loadstar.core.type.ColumnType type) {
    columns.put(name, TableColumn.of(name, type, ColumnRole.INTERNAL));
  }
}
