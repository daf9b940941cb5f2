package dev.loadstar.app.report;

import dev.loadstar.app.step.RunBalance;
import dev.loadstar.app.step.RunNotes;
import dev.loadstar.app.step.StepNote;
import dev.loadstar.app.step.Workspace;
import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.tables.Commit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Gathers a report from what loads, the commit and the steps kept. */
public final class RunReports {
  private RunReports() {}

  public static RunReport of(
      Workspace in, RunNotes notes, int attempt, Instant started, Instant finished) {
    Lake lake = in.lake();
    LocalDate date = in.date().date();
    List<StepNote> steps = notes.all();
    Map<String, Map<String, Long>> quarantine = new TreeMap<>();
    Map<String, List<String>> withheld = new TreeMap<>();
    for (EntityName entity : lake.processed().entities()) {
      Optional<ProcessedLoad> load = lake.processed().find(entity, date);
      load.filter(l -> !l.quarantineReasons().isEmpty())
          .ifPresent(l -> quarantine.put(entity.toString(), new TreeMap<>(l.quarantineReasons())));
      load.filter(l -> !l.withheld().isEmpty())
          .ifPresent(l -> withheld.put(entity.toString(), l.withheld()));
    }
    Optional<Commit> head = in.tables().head();
    Map<String, Long> tables = new TreeMap<>();
    head.ifPresent(
        commit ->
            commit.tables().values().stream()
                .filter(state -> state.shape().published())
                .forEach(state -> tables.put(state.shape().name(), state.rows())));
    List<HopBalance> balance = new ArrayList<>(RunBalance.of(lake, in.tables(), date));
    steps.forEach(step -> balance.addAll(step.balance()));
    List<QualityResult> refused = steps.stream().flatMap(s -> s.quality().stream()).toList();
    List<QualityResult> quality =
        refused.isEmpty()
            ? head.filter(commit -> commit.businessDate().equals(date))
                .map(Commit::quality)
                .orElse(List.of())
            : refused;
    boolean failed = steps.stream().anyMatch(step -> step.outcome().equals(StepNote.FAILED));
    return new RunReport(
        in.runId(),
        attempt,
        date.toString(),
        started.toString(),
        Duration.between(started, finished).toMillis() / 1000.0,
        failed ? StepNote.FAILED : StepNote.DONE,
        steps,
        balance,
        quality,
        quarantine,
        withheld,
        head.map(Commit::number).orElse(0L),
        tables);
  }
}
