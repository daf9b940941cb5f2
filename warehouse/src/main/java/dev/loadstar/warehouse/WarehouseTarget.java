package dev.loadstar.warehouse;

import dev.loadstar.jdbc.Database;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Which warehouse, and what its schemas are called.
 *
 * @param schemas names for {@code dw etl bi stg}; on MySQL they are databases
 * @param migrations the project's own: a folder with {@code postgresql/} and {@code mysql/}
 */
public record WarehouseTarget(
    Database database, Map<String, String> schemas, Optional<Path> migrations) {
  public WarehouseTarget {
    schemas = Map.copyOf(schemas);
    for (String name : new String[] {"dw", "etl", "bi", "stg"}) {
      if (!schemas.containsKey(name)) {
        throw new IllegalArgumentException("the schema " + name + " needs a name");
      }
    }
  }

  /** Quoted name of a table in {@code dw}. */
  public String dw(String table) {
    return database.engine().name(schemas.get("dw"), table);
  }

  /** Quoted name of a table in {@code stg}. */
  public String stg(String table) {
    return database.engine().name(schemas.get("stg"), table);
  }

  /** Quoted name of a table in {@code etl}. */
  public String etl(String table) {
    return database.engine().name(schemas.get("etl"), table);
  }
}
