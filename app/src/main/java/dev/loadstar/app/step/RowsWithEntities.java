package dev.loadstar.app.step;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.tables.spark.StarRows;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The rows of a star, and those that a night's loads brought by the names of their entities. */
record RowsWithEntities(StarRows star, Function<EntityName, Optional<Dataset<Row>>> entities)
    implements StarRows {
  private static boolean isEntity(String name) {
    return name.contains(".");
  }

  @Override
  public Dataset<Row> all(String name) {
    return isEntity(name) ? entities.apply(EntityName.parse(name)).orElse(null) : star.all(name);
  }

  @Override
  public StructType schema(String name) {
    return isEntity(name) ? all(name).schema() : star.schema(name);
  }

  @Override
  public Optional<Change> change(String name) {
    return isEntity(name) ? Optional.empty() : star.change(name);
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
