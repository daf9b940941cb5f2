package dev.loadstar.tables.retention;

import dev.loadstar.core.crash.CrashPoint;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.Expirations;
import dev.loadstar.lake.load.Load;
import dev.loadstar.lake.load.RawLoad;
import java.time.Instant;
import java.util.List;

/** Lets raw files go that were transformed long ago; never those of an entity's newest load. */
record RawRetention(Lake lake, Expirations expirations, AttemptFolders folders, Instant now) {
  LetGo run(Instant before, boolean dryRun) {
    Deletion deletion = new Deletion(lake.files(), dryRun);
    long loads = 0;
    for (EntityName entity : lake.raw().entities()) {
      long known = expirations.lastRaw(entity);
      long last = last(entity, known, before);
      loads += last - known;
      if (last > known && !dryRun) {
        expirations.expireRaw(entity, last, now); // first, so that nobody reads what is to go
        CrashPoint.EXPIRY_CLAIMED.reached();
      }
      for (RawLoad load : lake.raw().after(entity, 0)) {
        if (load.number() <= last) {
          AttemptFolders.of(load.files()).forEach(folder -> deletion.of(folders.in(folder)));
        }
      }
    }
    return deletion.as("raw", loads);
  }

  private long last(EntityName entity, long known, Instant before) {
    long done = lake.processed().latest(entity).map(Load::number).orElse(0L);
    List<RawLoad> loads = lake.raw().after(entity, known);
    long last = known;
    for (RawLoad load : loads.subList(0, Math.max(0, loads.size() - 1))) {
      if (load.number() > done || !load.createdAt().isBefore(before)) {
        break;
      }
      last = load.number();
    }
    return last;
  }
}
