package dev.loadstar.lake.load;

import dev.loadstar.core.name.EntityName;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** What raw and processed loads have in common. */
public sealed interface Load permits RawLoad, ProcessedLoad {
  EntityName entity();

  long number();

  LocalDate businessDate();

  LocalDate latestDate();

  String attempt();

  List<DataFile> files();

  Instant createdAt();
}
