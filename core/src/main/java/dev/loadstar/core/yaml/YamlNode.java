package dev.loadstar.core.yaml;

import java.util.Optional;

/**
 * A node of a YAML file that knows where it stands and where to report what is wrong with it.
 *
 * <p>Asking for the wrong kind adds a problem and answers empty, so that a reader goes on and finds
 * the next mistake.
 */
public sealed interface YamlNode permits YamlMap, YamlList, YamlScalar {
  Location location();

  /** What to call it in a message: {@code a map}, {@code a list}, {@code text}, {@code nothing}. */
  String kind();

  /** Records a mistake in this place. */
  void problem(String message);

  /** This node as a map; a name with nothing after it is an empty map. */
  default Optional<YamlMap> asMap() {
    problem("expected a map of \"key: value\", found " + kind());
    return Optional.empty();
  }

  /** This node as a list; one scalar is a list of itself. */
  default Optional<YamlList> asList() {
    problem("expected a list, found " + kind());
    return Optional.empty();
  }

  /** This node as a scalar that is not empty. */
  default Optional<YamlScalar> asScalar() {
    problem("expected a single value, found " + kind());
    return Optional.empty();
  }

  default boolean isNothing() {
    return this instanceof YamlScalar scalar && scalar.isEmpty();
  }
}
