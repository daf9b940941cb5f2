package dev.loadstar.lake.load;

import dev.loadstar.core.name.EntityName;
import java.time.Instant;
import java.time.LocalDate;

/** What raw and processed loads have in common. */
public sealed interface Load permits RawLoad, ProcessedLoad {
  EntityName entity();

  long number();

  LocalDate businessDate();

  LocalDate latestDate();

  String attempt();

  LoadFiles files();

  Instant createdAt();
}
