package dev.loadstar.tables.retention;

import dev.loadstar.core.project.Retention;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.file.StoredFile;
import dev.loadstar.lake.load.Expirations;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.stored.LakeTables;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Lets go of what a lake need not keep. What expires is told first and deleted then, so a pass may
 * be killed anywhere, run again and run beside a night.
 */
public final class LakeRetention {
  /** No attempt works for so long. */
  static final Duration ORPHANED_AFTER = Duration.ofDays(7);

  private final LakeTables tables;
  private final Retention retention;
  private final CheckpointWriter writer;
  private final Instant now;

  /**
   * @param writer asked only when processed loads expire
   */
  public LakeRetention(
      LakeTables tables, Retention retention, CheckpointWriter writer, Instant now) {
    this.tables = tables;
    this.retention = retention;
    this.writer = writer;
    this.now = now;
  }

  /**
   * What a pass did.
   *
   * @param notes what is kept though its time has come, and why
   */
  public record Result(List<LetGo> gone, List<String> notes) {
    public Result {
      gone = List.copyOf(gone);
      notes = List.copyOf(notes);
    }
  }

  /**
   * @param shown the commit that a warehouse shows, if that is known
   * @param dryRun only tells
   * @throws dev.loadstar.core.error.LoadException {@code RUN_AHEAD} when another pass was quicker
   */
  public Result run(OptionalLong shown, boolean dryRun) {
    Lake lake = tables.lake();
    Expirations expirations = new Expirations(lake.files());
    List<String> notes = new ArrayList<>();
    List<LetGo> gone = new ArrayList<>();
    Optional<Commit> head = tables.head();
    AttemptFolders raw = AttemptFolders.of(lake.files(), "raw");
    AttemptFolders processed = AttemptFolders.of(lake.files(), "processed");
    gone.add(new RawRetention(lake, expirations, raw, now).run(before(retention.raw()), dryRun));
    gone.add(
        new ProcessedRetention(lake, expirations, processed, writer, now, notes)
            .run(head, before(retention.processed()), dryRun));
    gone.add(new CuratedRetention(tables).run(retention.curated().map(now::minus), shown, dryRun));
    Deletion orphans = new Deletion(lake.files(), dryRun);
    Instant old = now.minus(ORPHANED_AFTER);
    long attempts = new OrphanedAttempts(lake, expirations).delete(raw, processed, old, orphans);
    List<StoredFile> unnamed = tables.orphans(old);
    orphans.of(unnamed);
    attempts += unnamed.stream().map(LakeRetention::folder).distinct().count();
    gone.add(orphans.as("orphaned", attempts));
    return new Result(gone, notes);
  }

  private static String folder(StoredFile file) {
    return file.path().substring(0, file.path().lastIndexOf('/'));
  }

  /** What was made before it has had its time; nothing where everything is kept. */
  private Instant before(Optional<Duration> kept) {
    return kept.map(now::minus).orElse(Instant.MIN);
  }
}
