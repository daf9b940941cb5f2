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
import java.time.LocalDate;
import java.util.ArrayList;
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

/** {@code status}: what ran, by the lake alone. */
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
    Lake lake = Workspace.openLake(project, connections);
    List<Map<String, Object>> entities = new ArrayList<>();
    for (EntityName entity : selection) {
      Optional<RawLoad> raw = find(lake, entity);
      long processed = lake.processed().latest(entity).map(Load::number).orElse(0L);
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("entity", entity.toString());
      one.put("load", raw.map(Load::number).orElse(0L));
      one.put("business_date", raw.map(l -> l.businessDate().toString()).orElse(""));
      one.put("rows", raw.map(l -> l.balance().read()).orElse(0L));
      one.put("processed_up_to", processed);
      entities.add(one);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("entities", entities);
    lake.commits()
        .head()
        .ifPresent(
            commit -> {
              all.put("commit", commit.number());
              all.put("commit_business_date", commit.latestDate().toString());
            });
    List<StepNote> steps = date == null ? List.of() : new RunNotes(lake, date.toString()).all();
    if (date != null) {
      all.put("steps", steps);
    }
    Console console = call.console();
    if (console.json()) {
      console.object(all);
      return 0;
    }
    console.table(
        List.of("entity", "load", "business date", "rows", "processed"),
        entities.stream()
            .map(
                e ->
                    e.values().stream()
                        .map(
                            v ->
                                v instanceof Number n
                                    ? "%,d".formatted(n.longValue())
                                    : String.valueOf(v))
                        .toList())
            .toList());
    console.line("");
    console.line(
        all.containsKey("commit")
            ? "Newest commit: %s of %s."
                .formatted(all.get("commit"), all.get("commit_business_date"))
            : "Nothing was built yet.");
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
    return 0;
  }

  private Optional<RawLoad> find(Lake lake, EntityName entity) {
    return date == null ? lake.raw().latest(entity) : lake.raw().find(entity, date);
  }
}
