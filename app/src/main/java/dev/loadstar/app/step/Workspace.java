package dev.loadstar.app.step;

import dev.loadstar.app.project.Connections;
import dev.loadstar.app.project.Project;
import dev.loadstar.app.spark.LazySpark;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.time.BusinessDate;
import dev.loadstar.ingestion.IngestOptions;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.Lakes;
import dev.loadstar.tables.stored.LakeTables;
import dev.loadstar.warehouse.Warehouse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What the steps of one run share. Thread safe.
 *
 * @param runId the date unless somebody named the run
 * @param selection entities of this run
 */
public record Workspace(
    Project project,
    Connections connections,
    Lake lake,
    LakeTables tables,
    LazySpark spark,
    Clock clock,
    BusinessDate date,
    String runId,
    List<EntityName> selection,
    IngestOptions ingest,
    Progress progress)
    implements AutoCloseable {
  public Workspace {
    selection = List.copyOf(selection);
  }

  /** Opens the lake; everything else is opened by the step that needs it. */
  public static Workspace open(
      Project project,
      Connections connections,
      Clock clock,
      LocalDate date,
      String runId,
      List<EntityName> selection,
      IngestOptions ingest,
      Progress progress) {
    Lake lake = openLake(project, connections);
    return new Workspace(
        project,
        connections,
        lake,
        LakeTables.of(lake),
        new LazySpark(lake.hadoopOptions()),
        clock,
        new BusinessDate(date, project.settings().timezone()),
        runId,
        selection,
        ingest,
        progress);
  }

  /** The lake, to write to it; founded when nothing is there yet. */
  public static Lake openLake(Project project, Connections connections) {
    return Lakes.open(connections.lake(), project.folder().directory(), connections.lakeOptions());
  }

  /** The lake, to look at it; empty when nothing ever ran. Writes nothing. */
  public static Optional<Lake> findLake(Project project, Connections connections) {
    return Lakes.find(connections.lake(), project.folder().directory(), connections.lakeOptions());
  }

  public Warehouse warehouse() {
    return Warehouse.open(connections.requireWarehouse(), clock);
  }

  /** The same run with another Spark session's owner, so that nights can share one. */
  public Workspace withSpark(LazySpark shared) {
    return new Workspace(
        project,
        connections,
        lake,
        tables,
        shared,
        clock,
        date,
        runId,
        selection,
        ingest,
        progress);
  }

  @Override
  public void close() {
    spark.close();
  }
}
