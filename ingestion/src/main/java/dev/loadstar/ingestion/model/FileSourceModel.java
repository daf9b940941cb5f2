package dev.loadstar.ingestion.model;

import dev.loadstar.core.secret.Reference;
import dev.loadstar.core.yaml.Location;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A place where files arrive.
 *
 * @param address a folder (relative ones from the project's folder) or {@code s3a://bucket/prefix}
 */
public record FileSourceModel(
    String name,
    Optional<ZoneId> timezone,
    Reference address,
    List<FeedModel> entities,
    Location location)
    implements SourceModel {
  public FileSourceModel {
    entities = List.copyOf(entities);
  }

  @Override
  public String kind() {
    return "files";
  }

  @Override
  public Stream<Reference> references() {
    return Stream.of(address);
  }
}
