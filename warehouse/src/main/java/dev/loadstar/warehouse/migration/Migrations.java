package dev.loadstar.warehouse.migration;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.warehouse.WarehouseTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/**
 * Brings a warehouse's tables up to date: first Loadstar's ledger, then the project's star, each
 * with a history of its own, so that neither's numbers stand in the other's way. Not thread safe;
 * Flyway locks the history against other processes.
 */
public final class Migrations {
  private static final Pattern SCRIPT = Pattern.compile("\\b(V[\\w.]+__[\\w.-]+\\.sql)");
  private static final Pattern LINE = Pattern.compile("Line\\s*:\\s*(\\d+)");

  private final WarehouseTarget target;

  public Migrations(WarehouseTarget target) {
    this.target = target;
  }

  /**
   * Creates missing schemas and applies what is pending.
   *
   * @return names of the migrations applied, in order
   * @throws LoadException {@code MIGRATION_FAILED} with file and line
   */
  public List<String> migrate() {
    createSchemas();
    List<String> applied = new ArrayList<>();
    for (Flyway flyway : both()) {
      try {
        flyway.migrate().migrations.forEach(m -> applied.add(fileName(m.filepath)));
      } catch (FlywayException e) {
        throw failed(e);
      }
    }
    return applied;
  }

  private static String fileName(String path) {
    return path == null ? "" : path.substring(path.replace('\\', '/').lastIndexOf('/') + 1);
  }

  /** Names of the migrations that {@link #migrate()} would apply, in order. */
  public List<String> pending() {
    List<String> pending = new ArrayList<>();
    for (Flyway flyway : both()) {
      try {
        for (MigrationInfo migration : flyway.info().pending()) {
          pending.add(migration.getScript());
        }
      } catch (FlywayException e) {
        throw failed(e);
      }
    }
    return pending;
  }

  /**
   * @throws LoadException {@code SCHEMA_MISMATCH} when something is pending
   */
  public void requireMigrated() {
    List<String> pending = pending();
    if (!pending.isEmpty()) {
      throw new LoadException(
          ErrorCode.SCHEMA_MISMATCH,
          "Cannot load %s: migrations are pending (%s), expected none. Run \"loadstar db migrate\"."
              .formatted(target.database(), String.join(", ", pending)));
    }
  }

  private List<Flyway> both() {
    String engine = target.database().engine().name();
    List<Flyway> both = new ArrayList<>();
    both.add(
        flyway("classpath:dev/loadstar/warehouse/migrations/" + engine, "loadstar_schema_history"));
    target
        .migrations()
        .map(folder -> folder.resolve(engine))
        .ifPresent(
            folder -> {
              requireFolder(folder);
              both.add(flyway("filesystem:" + folder.toAbsolutePath(), "project_schema_history"));
            });
    return both;
  }

  private void requireFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new LoadException(
          ErrorCode.CONFIGURATION_INVALID,
          "Cannot migrate %s: there is no folder %s, expected the project's migrations for this"
                  .formatted(target.database(), folder)
              + " engine. Create it or correct \"migrations\" in loadstar.yaml.");
    }
  }

  private Flyway flyway(String location, String history) {
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(new DatabaseDataSource(target.database()))
        .locations(location)
        .defaultSchema(target.schemas().get("etl"))
        .table(history)
        .placeholders(target.schemas())
        .createSchemas(false)
        .baselineOnMigrate(true) // the other history's tables are there already
        .baselineVersion("0")
        .failOnMissingLocations(true)
        .validateMigrationNaming(true)
        .load();
  }

  private void createSchemas() {
    Set<String> missing = new TreeSet<>(new TreeMap<>(target.schemas()).values());
    try (Connection connection = target.database().connect();
        PreparedStatement known =
            connection.prepareStatement("SELECT schema_name FROM information_schema.schemata")) {
      try (ResultSet rows = known.executeQuery()) {
        while (rows.next()) {
          missing.remove(rows.getString(1));
        }
      }
      // only what is missing: the right to create is then not needed where a DBA has done it
      try (Statement statement = connection.createStatement()) {
        for (String schema : missing) {
          statement.execute("CREATE SCHEMA " + target.database().engine().quote(schema));
        }
      }
    } catch (SQLException e) {
      throw target.database().failure("create the schemas " + missing + " in", e);
    }
  }

  /** Flyway's own message quotes the statement, which may hold values: file and line will do. */
  private LoadException failed(FlywayException failure) {
    String state = "none";
    String script = "";
    String line = "";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LoadException load) {
        return load;
      }
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        state = sql.getSQLState();
      }
      String message = String.valueOf(cause.getMessage());
      Matcher scripts = SCRIPT.matcher(message);
      if (script.isEmpty() && scripts.find()) {
        script = scripts.group(1);
      }
      Matcher lines = LINE.matcher(message);
      if (line.isEmpty() && lines.find()) {
        line = ":" + lines.group(1);
      }
    }
    return new LoadException(
        ErrorCode.MIGRATION_FAILED,
        "Cannot migrate %s: %s failed (SQLSTATE %s), expected every migration to apply unchanged."
                .formatted(
                    target.database(), script.isEmpty() ? "a migration" : script + line, state)
            + " Correct it; on MySQL undo by hand what its earlier statements did.",
        failure);
  }
}
