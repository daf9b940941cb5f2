package dev.loadstar.starschema.builder;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.ColumnType;
import java.util.Map;

/**
 * What the project says of an entity's columns. It counts until the first load of the entity, which
 * may be long in coming where a source is not required; the tables of the star have types from the
 * first night.
 */
@FunctionalInterface
public interface DeclaredTypes {
  DeclaredTypes NONE = entity -> Map.of();

  /** Types by the column's name in snake_case; text where there is none. */
  Map<String, ColumnType> of(EntityName entity);
}
