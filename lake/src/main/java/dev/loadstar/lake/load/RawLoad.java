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
 * One complete extraction of one entity: {@code raw/_loads/S.E/NNNNNN.json}. It alone makes its
 * files count, and it holds the bookmark, so data and state cannot disagree.
 *
 * <p>Its Parquet files have the columns {@code _source _entity _load _origin _malformed} TEXT
 * ({@code _load} is the attempt, for the number is not known yet), {@code _business_date} DATE,
 * {@code _ingested_at} TIMESTAMP, {@code _row} BIGINT (from 1 within {@code _origin}), and then the
 * columns of the format. {@code _malformed} is null, or the record as it came when it could not be
 * split into columns; those are null then. Sorting by {@code (_origin, _row)} is reading order.
 *
 * @param number order of arrival, from 1
 * @param latestDate the latest business date of this load and all before it
 * @param attempt names the folder of the files
 * @param columns as the source spells them, without the bookkeeping columns; for JSON the fields
 *     seen
 * @param key the key that the source's catalogue declares, as the source spells it; may be empty
 * @param cursor the column that says when a row changed, as the source spells it
 * @param timezone the zone of {@code local_timestamp} columns
 * @param since the load whose bookmark it went on from, 0 for none; empty when it is not known, and
 *     then it was the one before
 * @param bookmark what the next load starts from; keys and values are the adapter's own
 */
public record RawLoad(
    EntityName entity,
    long number,
    LocalDate businessDate,
    LocalDate latestDate,
    String attempt,
    RecordFormat format,
    LoadFiles files,
    List<Column> columns,
    List<String> key,
    Optional<String> cursor,
    String timezone,
    Optional<Long> since,
    Map<String, String> bookmark,
    RowBalance balance,
    Instant createdAt)
    implements Load {
  public RawLoad {
    since = since == null ? Optional.empty() : since;
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    bookmark = Map.copyOf(bookmark);
  }

  /** A load that went on from the one before it. */
  public RawLoad(
      EntityName entity,
      long number,
      LocalDate businessDate,
      LocalDate latestDate,
      String attempt,
      RecordFormat format,
      LoadFiles files,
      List<Column> columns,
      List<String> key,
      Optional<String> cursor,
      String timezone,
      Map<String, String> bookmark,
      RowBalance balance,
      Instant createdAt) {
    this(
        entity,
        number,
        businessDate,
        latestDate,
        attempt,
        format,
        files,
        columns,
        key,
        cursor,
        timezone,
        Optional.empty(),
        bookmark,
        balance,
        createdAt);
  }

  /** The number of the load whose bookmark it went on from; 0 when it began at the beginning. */
  public long wentOnFrom() {
    return since.orElse(number - 1);
  }
}
