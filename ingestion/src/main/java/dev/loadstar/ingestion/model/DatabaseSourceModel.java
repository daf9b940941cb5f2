package dev.loadstar.ingestion.model;

import dev.loadstar.core.project.DatabaseAddress;
import dev.loadstar.core.secret.Reference;
import dev.loadstar.core.yaml.Location;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A database.
 *
 * @param schema of tables that name none; empty for the one that the connection finds first
 */
public record DatabaseSourceModel(
    String name,
    Optional<ZoneId> timezone,
    DatabaseAddress database,
    Optional<String> schema,
    List<TableModel> entities,
    Location location)
    implements SourceModel {
  public DatabaseSourceModel {
    entities = List.copyOf(entities);
  }

  @Override
  public String kind() {
    return "database";
  }

  @Override
  public Reference address() {
    return database.url();
  }

  @Override
  public Stream<Reference> references() {
    return database.references();
  }
}
