package dev.loadstar.ingestion;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.time.BusinessDate;
import dev.loadstar.lake.load.RawLoad;
import java.util.Map;
import java.util.Optional;

/**
 * What a run wants of an entity.
 *
 * @param previous the load up to whose bookmark everything is read, so that it must not be lost or
 *     moved back: the latest, unless one was set aside
 * @param since the load to go on from: {@code previous}, but the one before the date when a date is
 *     loaded again
 * @param asIs whether an old date may take the source as it is now
 */
public record EntityRequest(
    EntityName entity,
    BusinessDate date,
    Optional<RawLoad> previous,
    Optional<RawLoad> since,
    boolean asIs) {
  /** Up to where everything is read; empty when nothing is. */
  public Map<String, String> latestBookmark() {
    return previous.map(RawLoad::bookmark).orElse(Map.of());
  }

  /** Where to go on from; empty for the first load. */
  public Map<String, String> bookmark() {
    return since.map(RawLoad::bookmark).orElse(Map.of());
  }
}
