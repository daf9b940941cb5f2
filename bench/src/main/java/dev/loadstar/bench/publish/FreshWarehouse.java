package dev.loadstar.bench.publish;

import dev.loadstar.core.secret.Secret;
import dev.loadstar.jdbc.Database;
import dev.loadstar.warehouse.WarehouseTarget;
import dev.loadstar.warehouse.migration.Migrations;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Empty warehouses with the tables of the shipped project. Not thread safe. */
final class FreshWarehouse {
  private static final Map<String, String> SCHEMAS =
      Map.of("dw", "dw", "etl", "etl", "bi", "bi", "stg", "stg");

  private final WarehouseServer server;
  private final Path migrations;

  /**
   * @param migrations the shipped project's
   */
  FreshWarehouse(WarehouseServer server, Path migrations) {
    this.server = server;
    this.migrations = migrations;
  }

  WarehouseTarget migrated() {
    Database database =
        new Database(
            server.freshDatabase(),
            Optional.of(server.user()),
            Optional.of(new Secret(server.password())));
    WarehouseTarget target = new WarehouseTarget(database, SCHEMAS, Optional.of(migrations));
    new Migrations(target).migrate();
    return target;
  }
}
