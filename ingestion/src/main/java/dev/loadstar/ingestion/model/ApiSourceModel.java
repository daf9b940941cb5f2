package dev.loadstar.ingestion.model;

import dev.loadstar.core.secret.Reference;
import dev.loadstar.core.yaml.Location;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * A REST API that answers with JSON.
 *
 * @param address the URL that paths are appended to
 * @param headers sent with every request
 * @param rateLimit requests per second at most; empty for no limit
 */
public record ApiSourceModel(
    String name,
    Optional<ZoneId> timezone,
    Reference address,
    AuthModel auth,
    Map<String, Reference> headers,
    OptionalDouble rateLimit,
    List<EndpointModel> entities,
    Location location)
    implements SourceModel {
  public ApiSourceModel {
    headers = Ordered.copyOf(headers);
    entities = List.copyOf(entities);
  }

  @Override
  public String kind() {
    return "api";
  }

  @Override
  public Stream<Reference> references() {
    return Stream.of(Stream.of(address), auth.references(), headers.values().stream())
        .flatMap(part -> part);
  }
}
