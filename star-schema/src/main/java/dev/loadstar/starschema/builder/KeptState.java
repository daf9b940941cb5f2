package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
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
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;

/**
 * The latest row per key of an entity, table {@code state_<source>__<entity>}: {@code _k} TEXT (its
 * key), {@code _changed} BIGINT (change time in microseconds, or null), arrival, {@code _as_of}
 * DATE (the business date of its load), the entity's columns.
 *
 * <p>A source gives its current rows, so the row of the later business date wins, of one date that
 * of the later load; change times only order the rows of one load. So a correction of a change time
 * counts, and a load of an old date that comes late overtakes nothing.
 */
final class KeptState {
  /** Whether a row of a change set replaced an older one; only in the files, not in the shape. */
  static final String REPLACED = "_replaced";

  private static final String AS_OF = "_as_of";

  /** How many columns come before the entity's. */
  private static final int OWN = 6;

  private KeptState() {}

  /**
   * @param after the state with the new loads; empty when the entity never had a load
   * @param changed the rows that are new in it or differ, with {@link #REPLACED}
   * @param read rows of the new loads
   * @param unchanged those that equal what was known
   * @param deduplicated those that others overtook
   * @param rebuilt whether rows are known by another key than before
   */
  record Change(
      EntityName entity,
      Optional<Table> after,
      Written changed,
      long read,
      long unchanged,
      long deduplicated,
      boolean rebuilt) {
    long changedRows() {
      return changed.rows();
    }
  }

  /** Whether a state knows its rows by the key of these loads. */
  static boolean fits(Table state, List<ProcessedLoad> loads) {
    return loads.isEmpty()
        || state.shape().definition().equals(definition(loads.get(loads.size() - 1).key()));
  }

  private static String definition(List<String> key) {
    return "version: 2\nkey: " + String.join(", ", key);
  }

  static String table(EntityName entity) {
    return "state_" + entity.source() + "__" + entity.entity();
  }

  /**
   * @param before the state as it is; empty when it begins anew
   * @param given the loads to take in, and those known already that have later dates than these
   * @param newFrom the number of the first that is not known already
   */
  static Change build(
      BuildSession session,
      EntityName entity,
      Optional<Table> before,
      List<ProcessedLoad> given,
      long newFrom,
      boolean rebuilt) {
    if (given.isEmpty()) {
      return new Change(entity, before, Written.NOTHING, 0, 0, 0, rebuilt);
    }
    TableShape shape = shape(entity, before, given);
    Optional<Table> prior = before.map(b -> session.tables().asNow(b, shape));
    if (!LoadRows.haveFiles(given)) {
      Table same = session.tables().plus(prior, shape, Written.NOTHING, 0, 1);
      return new Change(entity, Optional.of(same), Written.NOTHING, 0, 0, 0, rebuilt);
    }
    ProcessedLoad newest = given.get(given.size() - 1);
    if (newest.key().isEmpty()) {
      throw new LoadException(
          ErrorCode.CONFIGURATION_INVALID,
          "Cannot keep %s: it has no key, expected one. Name its key columns in sources."
              .formatted(entity));
    }
    Dataset<Row> sorted =
        sorted(session, fresh(session, given, newest, shape), prior, given, shape);
    List<String> names = shape.names();
    KeptFold fold =
        new KeptFold(names.size(), names.indexOf("_changed"), names.indexOf("_load"), OWN, newFrom);
    SparkTables.Folded folded =
        session
            .tables()
            .writeFolded(shape, List.of(new Column(REPLACED, Simple.BOOLEAN)), sorted, fold);
    long changed = folded.of(KeptFold.CHANGED);
    long read = folded.of(KeptFold.READ);
    long unchanged = folded.of(KeptFold.UNCHANGED);
    Table after =
        session
            .tables()
            .plus(prior, shape, folded.written(), changed - folded.of(KeptFold.REPLACED), 1);
    return new Change(
        entity,
        Optional.of(after),
        folded.written(),
        read,
        unchanged,
        read - unchanged - changed,
        rebuilt);
  }

  /** Rows of the loads and those that are kept under their keys, as {@link KeptFold} wants them. */
  private static Dataset<Row> sorted(
      BuildSession session,
      Dataset<Row> fresh,
      Optional<Table> prior,
      List<ProcessedLoad> given,
      TableShape shape) {
    Dataset<Row> all = fresh.withColumn("_new", lit(true));
    if (prior.isPresent() && prior.get().rows() > 0) {
      Dataset<Row> keys = fresh.select("_k").distinct();
      Dataset<Row> kept = session.tables().read(prior.get(), keys);
      all = all.unionByName(kept.withColumn("_new", lit(false)));
    }
    return all.repartition(SparkTables.parts(LoadRows.rows(given)), col("_k"))
        .sortWithinPartitions(
            col("_k"),
            col(AS_OF).desc_nulls_last(),
            col("_load").desc(),
            col("_changed").desc_nulls_last(),
            col("_origin").desc(),
            col("_row").desc());
  }

  private static Dataset<Row> fresh(
      BuildSession session, List<ProcessedLoad> loads, ProcessedLoad newest, TableShape shape) {
    Dataset<Row> rows =
        LoadRows.read(session.spark(), session.lake(), loads)
            .withColumn(AS_OF, col("_business_date"));
    List<org.apache.spark.sql.Column> selected = new ArrayList<>();
    selected.add(key(rows, newest.key()).as("_k"));
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

  /** A key as one text, null where a part is; the separator cannot stand in trimmed text. */
  static org.apache.spark.sql.Column key(Dataset<Row> rows, List<String> columns) {
    if (columns.size() == 1) {
      return text(rows, col(columns.get(0)));
    }
    org.apache.spark.sql.Column key = text(rows, col(columns.get(0)));
    for (String column : columns.subList(1, columns.size())) {
      key = concat(key, lit("\u001f"), text(rows, col(column)));
    }
    return key;
  }

  /** A value of a key as text: of a decimal the number, however many digits its type has. */
  static org.apache.spark.sql.Column text(Dataset<Row> rows, org.apache.spark.sql.Column value) {
    return text(value, rows.select(value).schema().fields()[0].dataType());
  }

  static org.apache.spark.sql.Column text(org.apache.spark.sql.Column value, DataType type) {
    org.apache.spark.sql.Column text = value.cast("string");
    return type instanceof DecimalType decimal && decimal.scale() > 0
        ? regexp_replace(text, lit("\\.?0+$"), lit(""))
        : text;
  }

  private static TableShape shape(
      EntityName entity, Optional<Table> prior, List<ProcessedLoad> loads) {
    Map<String, TableColumn> columns = new LinkedHashMap<>();
    add(columns, "_k", Simple.TEXT);
    add(columns, "_changed", Simple.BIGINT);
    add(columns, "_load", Simple.BIGINT);
    add(columns, "_origin", Simple.TEXT);
    add(columns, "_row", Simple.BIGINT);
    add(columns, AS_OF, Simple.DATE);
    for (Column column : LoadRows.columns(loads)) {
      add(columns, column.name(), column.type());
    }
    prior.ifPresent(p -> p.shape().columns().forEach(c -> columns.putIfAbsent(c.name(), c)));
    return new TableShape(
        table(entity),
        TableShape.Kind.STATE,
        List.copyOf(columns.values()),
        List.of("_k"),
        definition(loads.get(loads.size() - 1).key()));
  }

  private static void add(
      Map<String, TableColumn> columns, String name, dev.loadstar.core.type.ColumnType type) {
    columns.put(name, TableColumn.of(name, type, ColumnRole.INTERNAL));
  }
}
