package dev.loadstar.quality;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.tables.spark.StarRows;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Asks for the rows of a table once, and says what is missing. Not thread safe. */
final class RememberedRows implements StarRows {
  private final StarRows star;
  private final Map<String, Dataset<Row>> seen = new HashMap<>();

  RememberedRows(StarRows star) {
    this.star = star;
  }

  @Override
  public Dataset<Row> all(String table) {
    Dataset<Row> rows = seen.computeIfAbsent(table, star::all);
    if (rows == null) {
      throw new LoadException(
          ErrorCode.CONFIGURATION_INVALID,
          "Cannot check quality: no rows of %s are at hand, expected them in this night. Select it too, or remove the rule."
              .formatted(table));
    }
    return rows;
  }

  @Override
  public StructType schema(String table) {
    return star.schema(table);
  }

  @Override
  public Optional<Change> change(String table) {
    return star.change(table);
  }

  @Override
  public Dataset<Row> some(String table, Dataset<Row> keys) {
    return star.some(table, keys);
  }

  @Override
  public Dataset<Row> everSaid(String table, Dataset<Row> keys) {
    return star.everSaid(table, keys);
  }

  @Override
  public Dataset<Row> everSaid(String table, String time, Instant from, Instant before) {
    return star.everSaid(table, time, from, before);
  }

  @Override
  public Dataset<Row> kept(Dataset<Row> rows) {
    return star.kept(rows);
  }
}
