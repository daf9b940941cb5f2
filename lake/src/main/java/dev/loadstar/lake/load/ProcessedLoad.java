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
 * A raw load after standardizing and masking, under the same number: {@code
 * processed/_loads/S.E/NNNNNN.json}.
 *
 * <p>Its Parquet files have {@code _load} BIGINT (the number), {@code _origin} TEXT, {@code _row}
 * BIGINT, {@code _business_date} DATE, {@code _ingested_at} and {@code _transformed_at} TIMESTAMP,
 * then {@link #columns()} (snake_case, typed, masked), then {@code _digests}: a struct of one
 * nullable BIGINT per column of {@link #digests()}, the keyed change digest of the clear value
 * (null where the value is null). Quarantined rows stand apart in {@link #quarantine()} with {@code
 * _load, _origin, _row, reason, column_name} and nothing else.
 *
 * @param key key columns in snake_case
 * @param cursor the change time's column in snake_case, a {@code timestamp}
 * @param unmasked columns that show what the source gave; older loads do not say
 * @param withheld columns that no classification names, in snake_case
 * @param quarantineReasons rows by {@code reason}
 * @param leftOut why there are no files, although the raw load may have rows: they are all
 *     <em>filtered</em> then, and columns, key and cursor are those of a load beside it
 * @param changeKey fingerprint of the key behind the digests; digests of another one do not compare
 */
public record ProcessedLoad(
    EntityName entity,
    long number,
    LocalDate businessDate,
    LocalDate latestDate,
    String attempt,
    LoadFiles files,
    LoadFiles quarantine,
    List<Column> columns,
    List<String> key,
    Optional<String> cursor,
    List<String> digests,
    List<String> unmasked,
    List<String> withheld,
    Map<String, Long> quarantineReasons,
    String changeKey,
    Optional<LeftOut> leftOut,
    RowBalance balance,
    Instant createdAt)
    implements Load {
  public ProcessedLoad {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    digests = List.copyOf(digests);
    unmasked = unmasked == null ? List.of() : List.copyOf(unmasked);
    withheld = List.copyOf(withheld);
    quarantineReasons = Map.copyOf(quarantineReasons);
    leftOut = leftOut == null ? Optional.empty() : leftOut;
  }

  /** A load whose rows are there, of which nothing is known to be unmasked. */
  public ProcessedLoad(
      EntityName entity,
      long number,
      LocalDate businessDate,
      LocalDate latestDate,
      String attempt,
      LoadFiles files,
      LoadFiles quarantine,
      List<Column> columns,
      List<String> key,
      Optional<String> cursor,
      List<String> digests,
      List<String> withheld,
      Map<String, Long> quarantineReasons,
      String changeKey,
      RowBalance balance,
      Instant createdAt) {
    this(
        entity,
        number,
        businessDate,
        latestDate,
        attempt,
        files,
        quarantine,
        columns,
        key,
        cursor,
        digests,
        List.of(),
        withheld,
        quarantineReasons,
        changeKey,
        Optional.empty(),
        balance,
        createdAt);
  }
}
