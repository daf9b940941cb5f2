package dev.loadstar.ingestion.model;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.yaml.Location;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table or view.
 *
 * @param table its real name, perhaps with a schema
 * @param cursor of a temporal or whole-number type; without one the table is read in full
 * @param references columns whose values are keys of other entities of the source, by name; beside
 *     the foreign keys that the catalogue declares
 * @param overlap how far before the bookmark to read again, for rows that were committed late; zero
 *     unless the cursor is temporal
 */
public record TableModel(
    EntityName name,
    boolean required,
    List<String> key,
    Map<String, ColumnType> columns,
    Optional<String> cursor,
    Duration overlap,
    Map<String, String> references,
    String table,
    Location location)
    implements EntityModel {
  public TableModel {
    key = List.copyOf(key);
    columns = Ordered.copyOf(columns);
    references = Ordered.copyOf(references);
  }
}
