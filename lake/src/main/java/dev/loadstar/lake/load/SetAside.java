package dev.loadstar.lake.load;

import dev.loadstar.core.name.EntityName;
import java.time.Instant;

/**
 * That a person withdrew a raw load: {@code raw/_set_aside/S.E/NNNNNN.json}. Its rows stay out of
 * processed, and what it had read is read again by the next load.
 *
 * @param reason that person's words
 */
public record SetAside(EntityName entity, long number, String reason, Instant createdAt) {
  public SetAside {
    if (number < 1 || reason.isBlank()) {
      throw new IllegalArgumentException("a load is set aside by its number and for a reason");
    }
  }
}
