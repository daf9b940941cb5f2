package dev.loadstar.ingestion.model;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.yaml.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One endpoint of an API, read in full.
 *
 * @param path appended to the source's address; may hold a query
 * @param records dotted path to the list in the answer; empty when the answer is the list
 */
public record EndpointModel(
    EntityName name,
    boolean required,
    List<String> key,
    Map<String, ColumnType> columns,
    String path,
    PagingModel paging,
    Optional<String> records,
    Location location)
    implements EntityModel {
  public EndpointModel {
    key = List.copyOf(key);
    columns = Ordered.copyOf(columns);
  }

  @Override
  public Optional<String> cursor() {
    return Optional.empty();
  }
}
