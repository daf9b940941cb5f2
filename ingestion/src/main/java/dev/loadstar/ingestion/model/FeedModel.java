package dev.loadstar.ingestion.model;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.yaml.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files of one kind that keep coming.
 *
 * @param match a file belongs here when one of these fits
 * @param daily whether a business date without a file is a finding
 * @param delimiter between the fields of CSV
 */
public record FeedModel(
    EntityName name,
    boolean required,
    List<String> key,
    Map<String, ColumnType> columns,
    Optional<String> cursor,
    List<FilePattern> match,
    boolean daily,
    char delimiter,
    Location location)
    implements EntityModel {
  public FeedModel {
    key = List.copyOf(key);
    columns = Ordered.copyOf(columns);
    match = List.copyOf(match);
  }
}
