package dev.loadstar.tables.retention;

import dev.loadstar.lake.load.Checkpoint;
import dev.loadstar.lake.load.ProcessedLoad;
import java.time.Instant;
import java.util.List;

/** Writes what stays of processed loads. */
public interface CheckpointWriter {
  /**
   * Writes files; nothing counts yet.
   *
   * @param number of the checkpoint
   * @param loads of one entity with a key, in order, an older checkpoint first
   */
  Checkpoint write(long number, List<ProcessedLoad> loads, Instant now);
}
