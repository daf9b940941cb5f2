package dev.loadstar.tables.retention;

import dev.loadstar.core.crash.CrashPoint;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.file.StoredFile;
import dev.loadstar.lake.load.Checkpoint;
import dev.loadstar.lake.load.Expirations;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.tables.Commit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets processed files go that the head has consumed, once a checkpoint holds the newest row per
 * key of all that went. Pointers to quarantined records stay.
 */
final class ProcessedRetention {
  private final Lake lake;
  private final Expirations expirations;
  private final AttemptFolders folders;
  private final CheckpointWriter writer;
  private final Instant now;
  private final List<String> notes;

  /**
   * @param notes takes what is kept though its time has come, and why
   */
  ProcessedRetention(
      Lake lake,
      Expirations expirations,
      AttemptFolders folders,
      CheckpointWriter writer,
      Instant now,
      List<String> notes) {
    this.lake = lake;
    this.expirations = expirations;
    this.folders = folders;
    this.writer = writer;
    this.now = now;
    this.notes = notes;
  }

  LetGo run(Optional<Commit> head, Instant before, boolean dryRun) {
    Deletion deletion = new Deletion(lake.files(), dryRun);
    long loads = 0;
    for (EntityName entity : lake.processed().entities()) {
      Optional<Checkpoint> checkpoint = expirations.checkpoint(entity);
      long known = checkpoint.map(Checkpoint::lastLoad).orElse(0L);
      long consumed = head.map(h -> h.consumed().getOrDefault(entity, 0L)).orElse(0L);
      List<ProcessedLoad> due = due(entity, checkpoint, consumed, before);
      loads += due.size();
      if (!due.isEmpty() && !dryRun) {
        checkpoint = Optional.of(claim(checkpoint, due));
      }
      long last = due.isEmpty() ? known : due.get(due.size() - 1).number();
      delete(entity, last, checkpoint, deletion);
    }
    return deletion.as("processed", loads);
  }

  private List<ProcessedLoad> due(
      EntityName entity, Optional<Checkpoint> checkpoint, long consumed, Instant before) {
    List<ProcessedLoad> due = new ArrayList<>();
    String changeKey =
        checkpoint.filter(c -> !c.digests().isEmpty()).map(Checkpoint::changeKey).orElse("");
    long known = checkpoint.map(Checkpoint::lastLoad).orElse(0L);
    for (ProcessedLoad load : lake.processed().after(entity, known)) {
      if (load.number() > consumed || !load.createdAt().isBefore(before)) {
        break;
      }
      if (load.key().isEmpty() && !load.files().isEmpty()) {
        notes.add(entity + " keeps its processed loads: it has no key to keep the newest row of");
        break;
      }
      if (!load.digests().isEmpty()) {
        if (!changeKey.isEmpty() && !changeKey.equals(load.changeKey())) {
          notes.add(
              "%s keeps its processed loads from %d on: they were digested under another change key"
                  .formatted(entity, load.number()));
          break;
        }
        changeKey = load.changeKey();
      }
      due.add(load);
    }
    return due;
  }

  private Checkpoint claim(Optional<Checkpoint> before, List<ProcessedLoad> due) {
    List<ProcessedLoad> all = new ArrayList<>();
    before.ifPresent(checkpoint -> all.add(checkpoint.asLoad()));
    all.addAll(due);
    Checkpoint next =
        writer.write(before.map(Checkpoint::number).orElse(0L) + 1, List.copyOf(all), now);
    CrashPoint.CHECKPOINT_WRITTEN.reached();
    expirations.claim(next);
    CrashPoint.CHECKPOINT_CLAIMED.reached();
    return next;
  }

  /** All that expired and is still there, also of a pass that was killed. */
  private void delete(
      EntityName entity, long last, Optional<Checkpoint> checkpoint, Deletion deletion) {
    Set<String> pointers = new HashSet<>();
    Set<String> gone = new HashSet<>();
    for (ProcessedLoad load : lake.processed().after(entity, 0)) {
      if (load.number() <= last) {
        gone.addAll(AttemptFolders.of(load.files()));
        pointers.addAll(load.quarantine().paths());
      }
    }
    long newest =
        checkpoint.map(Checkpoint::number).orElse(0L); // another pass may know a later one
    expirations.checkpoints(entity).stream()
        .filter(c -> c.number() < newest)
        .forEach(c -> gone.add(Checkpoint.folder(entity, c.attempt())));
    for (String folder : gone) {
      List<StoredFile> files =
          folders.in(folder).stream().filter(file -> !pointers.contains(file.path())).toList();
      deletion.of(files);
    }
  }
}
