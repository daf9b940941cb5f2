package dev.loadstar.ingestion.api;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.ingestion.Split;

/** All pages of an endpoint: each tells where the next one is, so they cannot be divided. */
public record EndpointSplit(EntityName entity) implements Split {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return entity.toString();
  }
}
