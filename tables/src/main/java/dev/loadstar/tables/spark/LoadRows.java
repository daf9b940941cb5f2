package dev.loadstar.tables.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.Expirations;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.LoadHistory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of processed loads of one entity with {@code _load, _origin, _row, _business_date}, the
 * columns of the newest load, and {@code _d_<column>} for every column that has a change digest.
 */
public final class LoadRows {
  private LoadRows() {}

  /** Columns as the newest load has them; columns that only older ones have come after. */
  public static List<Column> columns(List<ProcessedLoad> loads) {
    Map<String, Column> columns = new LinkedHashMap<>();
    for (int i = loads.size() - 1; i >= 0; i--) {
      loads.get(i).columns().forEach(c -> columns.putIfAbsent(c.name(), c));
    }
    return List.copyOf(columns.values());
  }

  public static List<String> digests(List<ProcessedLoad> loads) {
    return loads.stream().flatMap(load -> load.digests().stream()).distinct().sorted().toList();
  }

  public static long rows(List<ProcessedLoad> loads) {
    return loads.stream().mapToLong(load -> load.balance().passed()).sum();
  }

  public static boolean haveFiles(List<ProcessedLoad> loads) {
    return loads.stream().anyMatch(load -> !load.files().isEmpty());
  }

  /** The loads of an entity that a commit does not hold, in order. */
  public static List<ProcessedLoad> pending(Lake lake, Optional<Commit> head, EntityName entity) {
    long consumed = head.map(h -> h.consumed().getOrDefault(entity, 0L)).orElse(0L);
    return LoadHistory.after(lake, entity, consumed).loads();
  }

  /** Everything of an entity that is left to read: the one door for whoever begins anew. */
  public static LoadHistory history(Lake lake, EntityName entity) {
    return LoadHistory.after(lake, entity, 0);
  }

  /** Their rows; empty when there are none. */
  public static Optional<Dataset<Row>> find(
      SparkSession spark, Lake lake, List<ProcessedLoad> loads) {
    return haveFiles(loads) ? Optional.of(read(spark, lake, loads)) : Optional.empty();
  }

  /**
   * @throws dev.loadstar.core.error.LoadException {@code NOT_FOUND} for a load that expired
   */
  public static Dataset<Row> read(SparkSession spark, Lake lake, List<ProcessedLoad> loads) {
    new Expirations(lake.files()).requireFiles(loads);
    List<Column> columns = columns(loads);
    List<String> digests = digests(loads);
    Map<List<Object>, List<ProcessedLoad>> alike = new LinkedHashMap<>();
    for (ProcessedLoad load : loads) {
      if (!load.files().isEmpty()) {
        alike
            .computeIfAbsent(List.of(load.columns(), load.digests()), k -> new ArrayList<>())
            .add(load);
      }
    }
    Dataset<Row> all = null;
    for (List<ProcessedLoad> group : alike.values()) {
      Dataset<Row> rows = readAlike(spark, lake, group, columns, digests);
      all = all == null ? rows : all.union(rows);
    }
    return all;
  }

  private static Dataset<Row> readAlike(
      SparkSession spark,
      Lake lake,
      List<ProcessedLoad> loads,
      List<Column> wanted,
      List<String> digests) {
    ProcessedLoad like = loads.get(0);
    List<Column> stored = new ArrayList<>();
    stored.add(new Column("_load", Simple.BIGINT));
    stored.add(new Column("_origin", Simple.TEXT));
    stored.add(new Column("_row", Simple.BIGINT));
    stored.add(new Column("_business_date", Simple.DATE));
    stored.addAll(like.columns());
    StructType schema = SparkTypes.schema(stored);
    if (!like.digests().isEmpty()) {
      StructType struct = new StructType();
      for (String digest : like.digests()) {
        struct = struct.add(digest, DataTypes.LongType);
      }
      schema = schema.add("_digests", struct);
    }
    String[] paths =
        loads.stream()
            .flatMap(load -> load.files().paths().stream())
            .map(lake.files()::uri)
            .toArray(String[]::new);
    Dataset<Row> rows = spark.read().schema(schema).parquet(paths);
    List<org.apache.spark.sql.Column> selected = new ArrayList<>();
    for (String name : List.of("_load", "_origin", "_row", "_business_date")) {
      selected.add(col(name));
    }
    Map<String, Column> here = new LinkedHashMap<>();
    like.columns().forEach(c -> here.put(c.name(), c));
    for (Column column : wanted) {
      org.apache.spark.sql.Column value =
          here.containsKey(column.name()) ? col(column.name()) : lit(null);
      selected.add(value.cast(SparkTypes.toSpark(column.type())).as(column.name()));
    }
    for (String digest : digests) {
      boolean has = like.digests().contains(digest);
      selected.add(
          (has ? col("_digests").getField(digest) : lit(null))
              .cast(DataTypes.LongType)
              .as("_d_" + digest));
    }
    return rows.select(selected.toArray(org.apache.spark.sql.Column[]::new));
  }
}
