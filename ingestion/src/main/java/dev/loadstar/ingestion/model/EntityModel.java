package dev.loadstar.ingestion.model;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.yaml.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One table-like thing of a source. Column names are as written in YAML. Immutable. */
public sealed interface EntityModel permits TableModel, EndpointModel, FeedModel {
  EntityName name();

  /** Whether a night fails without it; its own word wins over its source's. */
  boolean required();

  /** The declared key; empty takes the catalogue's, if there is one. */
  List<String> key();

  /** Declared types, in order. */
  Map<String, ColumnType> columns();

  /** The column that says when a row changed. */
  Optional<String> cursor();

  Location location();
}
