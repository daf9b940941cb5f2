package dev.loadstar.core.project;

import dev.loadstar.core.yaml.YamlMap;
import java.time.Duration;
import java.util.Optional;

/**
 * How long a lake keeps what neither its head nor a rebuild needs; a layer that is not named keeps
 * everything.
 *
 * @param raw since a load was taken
 * @param processed since a load was transformed
 * @param curated since a commit was replaced
 */
public record Retention(
    Optional<Duration> raw, Optional<Duration> processed, Optional<Duration> curated) {
  public static final Retention NONE =
      new Retention(Optional.empty(), Optional.empty(), Optional.empty());

  static Retention read(YamlMap map) {
    Retention retention =
        new Retention(duration(map, "raw"), duration(map, "processed"), duration(map, "curated"));
    map.refuseOthers();
    return retention;
  }

  private static Optional<Duration> duration(YamlMap map, String layer) {
    Optional<Duration> kept = map.scalar(layer).flatMap(v -> v.duration());
    if (kept.filter(Duration::isZero).isPresent()) {
      map.problem(layer, "keeps nothing, expected a duration such as 36h or 90d");
      return Optional.empty();
    }
    return kept;
  }
}
