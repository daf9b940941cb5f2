package dev.loadstar.lake.load;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.lake.file.LakeFiles;
import dev.loadstar.lake.json.NumberedObjects;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Which loads have lost their files to retention. Their objects stay, so bookmarks, counts and
 * dates do. Looks again at every call; thread safe.
 */
public final class Expirations {
  /**
   * @param lastLoad the last load whose raw files expired
   */
  private record RawExpiry(EntityName entity, long number, long lastLoad, Instant createdAt) {}

  private final LakeFiles files;

  public Expirations(LakeFiles files) {
    this.files = files;
  }

  private NumberedObjects<RawExpiry> raw(EntityName entity) {
    return new NumberedObjects<>(
        files, "raw/_expiries/" + entity, RawExpiry.class, RawExpiry::number);
  }

  private NumberedObjects<Checkpoint> objects(EntityName entity) {
    return new NumberedObjects<>(
        files, "processed/_checkpoints/" + entity, Checkpoint.class, Checkpoint::number);
  }

  /** The last load whose raw files expired; 0 when none did. */
  public long lastRaw(EntityName entity) {
    return raw(entity).latest().map(RawExpiry::lastLoad).orElse(0L);
  }

  /**
   * @throws LoadException {@code RUN_AHEAD} when another run was quicker
   */
  public void expireRaw(EntityName entity, long lastLoad, Instant now) {
    NumberedObjects<RawExpiry> objects = raw(entity);
    objects.claim(
        new RawExpiry(entity, objects.latestNumber() + 1, lastLoad, now),
        "expiry of raw loads of " + entity);
  }

  /** What stands for the processed loads whose files expired. */
  public Optional<Checkpoint> checkpoint(EntityName entity) {
    return objects(entity).latest();
  }

  /** All that there ever were, in order; only the last one's files must be there. */
  public List<Checkpoint> checkpoints(EntityName entity) {
    NumberedObjects<Checkpoint> objects = objects(entity);
    return LongStream.rangeClosed(1, objects.latestNumber()).mapToObj(objects::get).toList();
  }

  /**
   * Makes a checkpoint stand for all loads up to its last one.
   *
   * @throws LoadException {@code RUN_AHEAD} when another run was quicker
   */
  public void claim(Checkpoint checkpoint) {
    objects(checkpoint.entity()).claim(checkpoint, "checkpoint of " + checkpoint.entity());
  }

  /**
   * @throws LoadException {@code NOT_FOUND} when the load's files are gone
   */
  public void requireFiles(RawLoad load) {
    if (!load.files().isEmpty() && load.number() <= lastRaw(load.entity())) {
      throw expired("raw", load);
    }
  }

  /**
   * @param loads of one entity
   * @throws LoadException {@code NOT_FOUND} when the files of one are gone
   */
  public void requireFiles(List<ProcessedLoad> loads) {
    if (loads.isEmpty()) {
      return;
    }
    Optional<Checkpoint> checkpoint = checkpoint(loads.get(0).entity());
    for (ProcessedLoad load : loads) {
      boolean gone =
          checkpoint
              .filter(c -> load.number() <= c.lastLoad() && !load.attempt().equals(c.attempt()))
              .isPresent();
      if (gone && !load.files().isEmpty()) {
        throw expired("processed", load);
      }
    }
  }

  private static LoadException expired(String layer, Load load) {
    return new LoadException(
        ErrorCode.NOT_FOUND,
        "Cannot read %s load %d of %s: its retention has ended and its files are gone, expected a later load. Restore them from a backup, or take the data from its source anew."
            .formatted(layer, load.number(), load.entity()));
  }
}
