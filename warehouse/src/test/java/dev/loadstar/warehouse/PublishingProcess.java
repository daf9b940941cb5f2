package dev.loadstar.warehouse;

import dev.loadstar.core.crash.CrashPoint;
import dev.loadstar.core.secret.Secret;
import dev.loadstar.jdbc.Database;
import dev.loadstar.lake.Lakes;
import dev.loadstar.tables.stored.LakeTables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Publishes a lake's newest commit in a JVM of its own, which may die on the way. */
final class PublishingProcess {
  private static final List<String> SCHEMAS = List.of("dw", "etl", "bi", "stg");

  private PublishingProcess() {}

  /** Exit status of a publish that is to die at a point. */
  static int dying(CrashPoint point, WarehouseTarget target, String password, Path lake)
      throws IOException, InterruptedException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dloadstar.crash-at=" + point.name().toLowerCase(Locale.ROOT),
            "-cp",
            System.getProperty("java.class.path"),
            PublishingProcess.class.getName(),
            target.database().url(),
            target.database().user().orElseThrow(),
            password,
            target.schemas().get("dw").replaceFirst("_dw$", ""),
            lake.toString())
        .inheritIO()
        .start()
        .waitFor();
  }

  public static void main(String[] arguments) {
    Database database =
        new Database(
            arguments[0], Optional.of(arguments[1]), Optional.of(new Secret(arguments[2])));
    Map<String, String> schemas =
        SCHEMAS.stream().collect(Collectors.toMap(s -> s, s -> arguments[3] + "_" + s));
    Path folder = Path.of(arguments[4]);
    LakeTables tables = LakeTables.of(Lakes.open(folder.toString(), folder, Map.of()));
    Warehouse.open(new WarehouseTarget(database, schemas, Optional.empty()), Clock.systemUTC())
        .publish(tables, tables.head().orElseThrow(), PublishContract.run("died"));
  }
}
