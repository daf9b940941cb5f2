package dev.loadstar.app.command;

import dev.loadstar.app.console.Console;
import dev.loadstar.app.project.Connections;
import dev.loadstar.app.project.Project;
import dev.loadstar.app.step.RunNotes;
import dev.loadstar.app.step.Step;
import dev.loadstar.app.step.StepNote;
import dev.loadstar.app.step.Workspace;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.Load;
import dev.loadstar.lake.load.RawLoad;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.stored.LakeTables;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code status}: what ran, by the lake alone; writes nothing. */
@Command(name = "status", description = "Show what ran: loads, the newest commit, steps of a date.")
final class StatusCommand implements Callable<Integer> {
  @CommandLine.Mixin private final Call call;

  @Option(
      names = "--date",
      paramLabel = "DATE",
      description = "Show the steps of this date's run, too.")
  private LocalDate date;

  StatusCommand(Call call) {
    this.call = call;
  }

  @Override
  public Integer call() {
    Project project = call.loadProject();
    List<EntityName> selection = call.selection(project);
    Connections connections =
        Connections.resolve(project, call.environment(), Set.of(Step.BUILD), List.of());
    Optional<Lake> lake = Workspace.findLake(project, connections);
    Optional<Commit> head = lake.flatMap(found -> LakeTables.of(found).head());
    List<EntityStatus> entities = selection.stream().map(e -> status(lake, e)).toList();
    List<SetAsideLoad> setAside =
        lake.stream()
            .flatMap(
                found -> selection.stream().flatMap(entity -> setAside(found, entity).stream()))
            .toList();
    List<StepNote> steps =
        date == null
            ? List.of()
            : lake.map(found -> new RunNotes(found, date.toString()).all()).orElse(List.of());
    Console console = call.console();
    if (console.json()) {
      console.object(object(lake.isPresent(), entities, setAside, head, steps));
    } else if (lake.isEmpty()) {
      console.line("Nothing has run yet: there is no lake at %s.".formatted(connections.lake()));
    } else {
      print(console, entities, setAside, head, steps);
    }
    return 0;
  }

  /** How far one entity came; zeros and an empty date where there is no load. */
  private record EntityStatus(
      String entity, long load, String businessDate, long rows, long processedUpTo) {}

  private EntityStatus status(Optional<Lake> lake, EntityName entity) {
    Optional<RawLoad> raw = lake.flatMap(found -> find(found, entity));
    return new EntityStatus(
        entity.toString(),
        raw.map(Load::number).orElse(0L),
        raw.map(load -> load.businessDate().toString()).orElse(""),
        raw.map(load -> load.balance().read()).orElse(0L),
        lake.flatMap(found -> found.processed().latest(entity)).map(Load::number).orElse(0L));
  }

  private static List<SetAsideLoad> setAside(Lake lake, EntityName entity) {
    return lake.setAsides().of(entity).stream().map(one -> SetAsideLoad.of(lake, one)).toList();
  }

  private Optional<RawLoad> find(Lake lake, EntityName entity) {
    return date == null ? lake.raw().latest(entity) : lake.raw().find(entity, date);
  }

  private Map<String, Object> object(
      boolean hasRun,
      List<EntityStatus> entities,
      List<SetAsideLoad> setAside,
      Optional<Commit> head,
      List<StepNote> steps) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("has_run", hasRun);
    all.put("entities", entities);
    all.put("set_aside", setAside);
    head.ifPresent(
        commit -> {
          all.put("commit", commit.number());
          all.put("commit_business_date", commit.latestDate().toString());
        });
    if (date != null) {
      all.put("steps", steps);
    }
    return all;
  }

  private static void print(
      Console console,
      List<EntityStatus> entities,
      List<SetAsideLoad> setAside,
      Optional<Commit> head,
      List<StepNote> steps) {
    console.table(
        List.of("entity", "load", "business date", "rows", "processed"),
        entities.stream()
            .map(
                e ->
                    List.of(
                        e.entity(),
                        count(e.load()),
                        e.businessDate(),
                        count(e.rows()),
                        count(e.processedUpTo())))
            .toList());
    console.line("");
    setAside.forEach(load -> console.line(load.line()));
    console.line(
        head.map(c -> "Newest commit: %d of %s.".formatted(c.number(), c.latestDate()))
            .orElse("Nothing was built yet."));
    steps.forEach(
        step ->
            console.line(
                String.format(
                    Locale.ROOT,
                    "%-9s %7.1f s  %s  %s",
                    step.step(),
                    step.seconds(),
                    step.outcome(),
                    step.error() == null ? step.summary() : step.error())));
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
