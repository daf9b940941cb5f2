package dev.loadstar.tables.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.loadstar.tables.ColumnRole;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableColumn;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A star that an attempt made, beside the one that it was computed from. */
public final class CandidateRows implements StarRows {
  private final SparkTables tables;
  private final Map<String, Table> before;
  private final Map<String, Table> after;
  private final Map<String, Optional<Change>> changes = new HashMap<>();

  /**
   * @param before the tables of a star that was judged, by name
   * @param after those to be judged
   */
  public CandidateRows(SparkTables tables, Map<String, Table> before, Map<String, Table> after) {
    this.tables = tables;
    this.before = before;
    this.after = after;
  }

  @Override
  public Dataset<Row> all(String table) {
    return after.containsKey(table) ? tables.read(after.get(table)) : null;
  }

  @Override
  public StructType schema(String table) {
    return SparkTypes.schema(after.get(table).shape().plainColumns());
  }

  @Override
  public Optional<Change> change(String table) {
    return changes.computeIfAbsent(table, this::found);
  }

  private Optional<Change> found(String name) {
    Table now = after.get(name);
    Table old = before.get(name);
    boolean comparable =
        now != null && old != null && old.shape().columns().equals(now.shape().columns());
    return comparable ? tables.written(old, now).map(rows -> change(old, rows)) : Optional.empty();
  }

  private Change change(Table old, Dataset<Row> written) {
    List<String> key = old.shape().key();
    Dataset<Row> known = written.select(SparkTables.columns(key));
    if (key.size() == 1
        && old.shape().of(ColumnRole.KEY).map(TableColumn::name).anyMatch(key.get(0)::equals)) {
      known = known.filter(col(key.get(0)).lt(lit(old.nextKey()))); // no row before has a later one
    }
    Dataset<Row> keys = tables.hold(known);
    Dataset<Row> now = written.filter(col(SparkTables.GOES).equalTo(false)).drop(SparkTables.GOES);
    return new Change(
        now, keys.isEmpty() ? Optional.empty() : Optional.of(tables.hold(tables.some(old, keys))));
  }

  @Override
  public Dataset<Row> some(String table, Dataset<Row> keys) {
    return tables.read(after.get(table), keys);
  }

  @Override
  public Dataset<Row> everSaid(String table, Dataset<Row> keys) {
    return tables.everSaid(after.get(table), keys);
  }

  @Override
  public Dataset<Row> everSaid(String table, String time, Instant from, Instant before) {
    return tables.everSaid(after.get(table), time, from, before);
  }

  @Override
  public Dataset<Row> kept(Dataset<Row> rows) {
    return tables.hold(rows);
  }
}
