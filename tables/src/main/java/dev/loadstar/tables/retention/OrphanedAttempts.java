package dev.loadstar.tables.retention;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.file.StoredFile;
import dev.loadstar.lake.load.Checkpoint;
import dev.loadstar.lake.load.Expirations;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.lake.load.RawLoad;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds files of loads that were begun and never claimed. */
record OrphanedAttempts(Lake lake, Expirations expirations) {
  /**
   * @param before of an attempt's newest file; a younger one may still be at work
   */
  long delete(AttemptFolders raw, AttemptFolders processed, Instant before, Deletion deletion) {
    // Files were listed first, so an attempt that is claimed meanwhile is known here.
    Set<String> known = new HashSet<>();
    for (EntityName entity : lake.raw().entities()) {
      for (RawLoad load : lake.raw().after(entity, 0)) {
        known.add(Lake.rawFolder(entity, load.businessDate(), load.attempt()));
        known.addAll(AttemptFolders.of(load.files()));
      }
    }
    for (EntityName entity : lake.processed().entities()) {
      for (ProcessedLoad load : lake.processed().after(entity, 0)) {
        known.add(Lake.processedFolder(entity, load.businessDate(), load.attempt()));
        known.addAll(AttemptFolders.of(load.files()));
        known.addAll(AttemptFolders.of(load.quarantine()));
      }
      expirations
          .checkpoints(entity)
          .forEach(c -> known.add(Checkpoint.folder(entity, c.attempt())));
    }
    return delete(raw, known, before, deletion) + delete(processed, known, before, deletion);
  }

  private static long delete(
      AttemptFolders folders, Set<String> known, Instant before, Deletion deletion) {
    long attempts = 0;
    for (String folder : folders.names()) {
      List<StoredFile> files = folders.in(folder);
      if (!known.contains(folder) && files.stream().allMatch(f -> f.modified().isBefore(before))) {
        deletion.of(files);
        attempts++;
      }
    }
    return attempts;
  }
}
