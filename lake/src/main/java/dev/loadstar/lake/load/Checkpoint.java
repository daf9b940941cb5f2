package dev.loadstar.lake.load;

import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.Column;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands for the processed loads of an entity that expired: the newest row of every key, with
 * all its columns and digests, in files like a processed load's. Object {@code
 * processed/_checkpoints/S.E/NNNNNN.json}; the newest one counts.
 *
 * @param lastLoad the last load whose files expired
 * @param businessDate of that load
 * @param latestDate of that load
 */
public record Checkpoint(
    EntityName entity,
    long number,
    long lastLoad,
    LocalDate businessDate,
    LocalDate latestDate,
    String attempt,
    LoadFiles files,
    List<Column> columns,
    List<String> key,
    Optional<String> cursor,
    List<String> digests,
    List<String> withheld,
    String changeKey,
    Instant createdAt) {
  public Checkpoint {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    digests = List.copyOf(digests);
    withheld = List.copyOf(withheld);
  }

  /** {@code processed/source=S/entity=E/checkpoint=ATTEMPT}. */
  public static String folder(EntityName entity, String attempt) {
    return "processed/source=%s/entity=%s/checkpoint=%s"
        .formatted(entity.source(), entity.entity(), attempt);
  }

  public long rows() {
    return files.rows();
  }

  /** To be read where a processed load is; its rows keep the number of the load they came with. */
  public ProcessedLoad asLoad() {
    return new ProcessedLoad(
        entity,
        lastLoad,
        businessDate,
        latestDate,
        attempt,
        files,
        LoadFiles.NONE,
        columns,
        key,
        cursor,
        digests,
        withheld,
        Map.of(),
        changeKey,
        RowBalance.allPassed(rows()),
        createdAt);
  }
}
