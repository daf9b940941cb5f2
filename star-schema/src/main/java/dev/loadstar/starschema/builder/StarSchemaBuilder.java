package dev.loadstar.starschema.builder;

import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.project.Settings.Guards;
import dev.loadstar.core.time.BusinessDate;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.starschema.model.Definition;
import dev.loadstar.starschema.model.StarSchema;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.spark.LoadRows;
import dev.loadstar.tables.spark.SparkFailures;
import dev.loadstar.tables.spark.SparkSettings;
import dev.loadstar.tables.spark.SparkTables;
import dev.loadstar.tables.stored.LakeAttempt;
import dev.loadstar.tables.stored.LakeTables;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * Builds the next commit of the star from processed loads that no commit has taken in. One build at
 * a time per instance; of two instances on one lake one commits and the other stops.
 */
public final class StarSchemaBuilder {
  private final Supplier<SparkSession> spark;
  private final Lake lake;
  private final LakeTables tables;
  private final StarSchema schema;
  private final Guards guards;
  private final DeclaredTypes declared;
  private final CandidateCheck check;
  private final RoomCheck room;
  private final Clock clock;
  private final long smallRows;
  private final long fewRows;

  /**
   * @param spark asked only when there is something to compute; UTC, ANSI off
   * @param check judges the candidate before it becomes the head
   * @param room asked last, where there is a warehouse to ask
   */
  public StarSchemaBuilder(
      Supplier<SparkSession> spark,
      LakeTables tables,
      StarSchema schema,
      Guards guards,
      DeclaredTypes declared,
      CandidateCheck check,
      RoomCheck room,
      Clock clock) {
    this(
        spark,
        tables,
        schema,
        guards,
        declared,
        check,
        room,
        clock,
        SparkTables.SMALL_ROWS,
        SparkSettings.FEW_ROWS);
  }

  StarSchemaBuilder(
      Supplier<SparkSession> spark,
      LakeTables tables,
      StarSchema schema,
      Guards guards,
      DeclaredTypes declared,
      CandidateCheck check,
      RoomCheck room,
      Clock clock,
      long smallRows,
      long fewRows) {
    this.spark = spark;
    this.lake = tables.lake();
    this.tables = tables;
    this.schema = schema;
    this.guards = guards;
    this.declared = declared;
    this.check = check;
    this.room = room;
    this.clock = clock;
    this.smallRows = smallRows;
    this.fewRows = fewRows;
  }

  /**
   * Takes in every processed load that is not in the head. Nothing new and the same model: nothing
   * happens, and Spark is not asked for.
   *
   * @throws LoadException {@code QUALITY_FAILED}, {@code GUARD_EXCEEDED} or {@code IMBALANCE} with
   *     the head untouched; {@code RUN_AHEAD} when another build committed first
   */
  public BuildResult build(BusinessDate date, String runId) {
    return build(date, runId, Set.of());
  }

  /**
   * The same, and looks at everything that is left of what some tables were made of. Their rows
   * keep their keys; when none differs there is no commit.
   *
   * @param again names of tables
   */
  public BuildResult build(BusinessDate date, String runId, Set<String> again) {
    Optional<Commit> head = tables.head();
    Map<EntityName, List<ProcessedLoad>> pending = new TreeMap<>();
    for (EntityName entity : schema.entities()) {
      pending.put(entity, LoadRows.pending(lake, head, entity));
    }
    boolean news = pending.values().stream().anyMatch(loads -> !loads.isEmpty());
    boolean goesOn = head.isPresent() && again.isEmpty() && sameModel(head.get(), date.date());
    if (goesOn && !news) {
      return new BuildResult(head, false, List.of(), List.of(), Map.of(), List.of());
    }
    long given = pending.values().stream().mapToLong(LoadRows::rows).sum();
    long rows =
        given
            + head.stream().flatMap(h -> h.tables().values().stream()).mapToLong(Table::rows).sum();
    SparkSession session =
        SparkSettings.forBuild(spark.get(), rows, goesOn ? given : rows, fewRows);
    LakeAttempt attempt = tables.begin(head);
    try (SparkTables own = new SparkTables(session, tables, attempt, smallRows)) {
      BuildSession build = new BuildSession(session, lake, own, date, guards, declared);
      return SparkFailures.guarded(
          "build the star",
          () ->
              new StarBuild(build, attempt, schema, head, pending, again, check, room, clock)
                  .run(runId));
    }
  }

  /** The same model, and no table whose files are in an older form than tables are kept in. */
  private boolean sameModel(Commit head, LocalDate date) {
    return head.tables().values().stream().allMatch(LakeAttempt::isCurrent)
        && schema.dimensions().stream()
            .allMatch(d -> same(head, d.table(), Definition.of(d).text()))
        && schema.calendars().stream()
            .allMatch(c -> same(head, c.table(), CalendarBuild.fingerprint(c, head, date)))
        && schema.facts().stream()
            .allMatch(
                f ->
                    Optional.ofNullable(head.tables().get(f.table()))
                        .filter(t -> Definition.of(f).describes(t.shape().definition()))
                        .isPresent())
        && StarBuild.tables(schema).containsAll(head.tables().keySet());
  }

  private static boolean same(Commit head, String table, String fingerprint) {
    Table state = head.tables().get(table);
    return state != null && state.shape().definition().equals(fingerprint);
  }
}
