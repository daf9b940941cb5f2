package dev.loadstar.app.command;

import dev.loadstar.app.console.Console;
import dev.loadstar.app.project.Connections;
import dev.loadstar.app.project.Project;
import dev.loadstar.app.spark.LazySpark;
import dev.loadstar.app.step.Step;
import dev.loadstar.app.step.Workspace;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.lake.Lake;
import dev.loadstar.tables.retention.LakeRetention;
import dev.loadstar.tables.retention.LetGo;
import dev.loadstar.tables.spark.SparkCheckpoints;
import dev.loadstar.tables.stored.LakeTables;
import dev.loadstar.warehouse.Warehouse;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gc}: lets go of what the lake need not keep. */
@Command(
    name = "gc",
    description = {
      "Let go of what `retention` in loadstar.yaml need not keep, and of abandoned attempts.",
      "What the head or a rebuild needs always stays."
    })
final class GcCommand implements Callable<Integer> {
  @CommandLine.Mixin private final Call call;

  @Option(names = "--dry-run", description = "Only tell what would go.")
  private boolean dryRun;

  GcCommand(Call call) {
    this.call = call;
  }

  @Override
  public Integer call() {
    Project project = call.loadProject();
    Connections connections =
        Connections.resolve(project, call.environment(), Set.of(Step.BUILD), List.of());
    Optional<Lake> lake = Workspace.findLake(project, connections);
    List<String> notes = new ArrayList<>();
    LakeRetention.Result result = new LakeRetention.Result(List.of(), List.of());
    if (lake.isPresent()) {
      OptionalLong shown = shown(project, lake.get(), notes);
      try (LazySpark spark = new LazySpark(lake.get().hadoopOptions())) {
        result =
            new LakeRetention(
                    LakeTables.of(lake.get()),
                    project.settings().retention(),
                    new SparkCheckpoints(spark, lake.get()),
                    Instant.now(Clock.systemUTC()))
                .run(shown, dryRun);
      }
    }
    notes.addAll(result.notes());
    if (lake.isEmpty()) {
      notes.add(
          "there is no lake at %s, so there is nothing to let go of".formatted(connections.lake()));
    }
    print(result.gone(), notes);
    return 0;
  }

  /** The commit that the warehouse shows. One that cannot be asked gets a snapshot if it lags. */
  private OptionalLong shown(Project project, Lake lake, List<String> notes) {
    try {
      return Connections.resolve(project, call.environment(), Set.of(Step.LOAD), List.of())
          .warehouse()
          .flatMap(target -> Warehouse.open(target, Clock.systemUTC()).published())
          .filter(publication -> publication.lakeId().equals(lake.id()))
          .map(publication -> OptionalLong.of(publication.commit()))
          .orElse(OptionalLong.empty());
    } catch (LoadException e) {
      notes.add("the warehouse could not be asked which commit it shows");
      return OptionalLong.empty();
    }
  }

  private void print(List<LetGo> gone, List<String> notes) {
    Console console = call.console();
    if (console.json()) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("dry_run", dryRun);
      object.put("gone", gone);
      object.put("notes", notes);
      console.object(object);
      return;
    }
    console.table(
        List.of(dryRun ? "would go" : "gone", "count", "files", "bytes"),
        gone.stream()
            .map(g -> List.of(g.what(), number(g.count()), number(g.files()), number(g.bytes())))
            .toList());
    notes.forEach(note -> console.note("  note: " + note));
  }

  private static String number(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }
}
