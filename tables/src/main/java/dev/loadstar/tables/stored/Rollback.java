package dev.loadstar.tables.stored;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.Checkpoint;
import dev.loadstar.lake.load.Expirations;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.CommitNote;
import dev.loadstar.tables.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Commits with the rows of older ones. */
record Rollback(Lake lake, CommitLog log) {
  Commit to(long number, String runId, Instant now) {
    Commit head = log.head().orElseThrow(() -> unknown(number, "nothing was built yet"));
    Commit wanted = log.find(number).orElseThrow(() -> unknown(number, "there is no such commit"));
    if (number < log.readableFrom()) {
      throw unknown(number, "its retention has ended");
    }
    requireLoads(head, wanted);
    Map<String, Table> tables = new HashMap<>();
    wanted
        .tables()
        .forEach(
            (name, table) -> {
              TableState state = (TableState) table;
              Table latest = head.tables().get(name);
              long next = Math.max(state.nextKey(), latest == null ? 1 : latest.nextKey());
              tables.put(
                  name,
                  new TableState(
                      state.shape(),
                      state.base(),
                      state.changes(),
                      next,
                      state.rows(),
                      state.since()));
            });
    return again(lake, log, head, wanted, tables, runId, now);
  }

  /** What came after the wanted commit is taken in again, so it has to be there. */
  private void requireLoads(Commit head, Commit wanted) {
    Expirations expirations = new Expirations(lake.files());
    for (EntityName entity : new TreeSet<>(head.consumed().keySet())) {
      long left = expirations.checkpoint(entity).map(Checkpoint::lastLoad).orElse(0L);
      if (left > wanted.consumed().getOrDefault(entity, 0L)) {
        throw unknown(
            wanted.number(),
            "loads of %s that came after it expired, up to load %d".formatted(entity, left));
      }
    }
  }

  private static LoadException unknown(long number, String found) {
    return new LoadException(
        ErrorCode.NOT_FOUND,
        "Cannot go back to commit %d: %s, expected one that is kept. \"loadstar status\" names the newest."
            .formatted(number, found));
  }

  /** The next commit with the rows of an older one. */
  static Commit again(
      Lake lake,
      CommitLog log,
      Commit head,
      Commit rows,
      Map<String, Table> tables,
      String runId,
      Instant now) {
    CommitNote note =
        new CommitNote(
            rows.businessDate(),
            rows.latestDate(),
            runId,
            now.truncatedTo(ChronoUnit.MICROS),
            rows.consumed(),
            rows.balance(),
            rows.quality(),
            rows.figures());
    return log.claim(
        CommitObject.of(
            lake.id(),
            head.number() + 1,
            rows.identity(),
            Optional.of(head.number()),
            note,
            tables));
  }
}
