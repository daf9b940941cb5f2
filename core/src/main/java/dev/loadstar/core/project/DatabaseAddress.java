package dev.loadstar.core.project;

import dev.loadstar.core.secret.Reference;
import dev.loadstar.core.yaml.YamlMap;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a database is and who goes there, unresolved. The engine is in the URL.
 *
 * @param url {@code jdbc:postgresql://…} or {@code jdbc:mysql://…}, driver options included
 * @param user empty when the URL or the driver knows it
 * @param password only ever a reference
 */
public record DatabaseAddress(
    Reference url, Optional<Reference> user, Optional<Reference> password) {
  /** Reads {@code urlKey}, {@code user} and {@code password} of a map. */
  public static Optional<DatabaseAddress> read(YamlMap map, String urlKey) {
    Optional<Reference> user = map.reference("user");
    Optional<Reference> password = map.secret("password");
    return map.requireReference(urlKey).map(url -> new DatabaseAddress(url, user, password));
  }

  /** All that must be resolved before connecting. */
  public Stream<Reference> references() {
    return Stream.concat(Stream.of(url), Stream.concat(user.stream(), password.stream()));
  }
}
