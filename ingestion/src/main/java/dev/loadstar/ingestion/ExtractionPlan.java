package dev.loadstar.ingestion;

import dev.loadstar.core.type.Column;
import dev.loadstar.lake.load.RecordFormat;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What there is to copy of an entity.
 *
 * @param columns the columns of the raw files, as the source spells them; for {@code JSON} empty,
 *     since the fields are known after copying only
 * @param key the key of the source's catalogue, as the source spells it; empty when it has none
 * @param cursor the column that says when a row changed; only one of a temporal type
 * @param timezone of {@code local_timestamp} columns
 * @param boundedByDate whether the business date selects the rows, so that an old date may be
 *     loaded after a newer one
 * @param splits in reading order; none is an empty load
 * @param bookmark what to keep of earlier bookmarks; what the splits add wins over it
 * @param findings remarks for the report
 */
public record ExtractionPlan<S extends Split>(
    RecordFormat format,
    List<Column> columns,
    List<String> key,
    Optional<String> cursor,
    ZoneId timezone,
    boolean boundedByDate,
    List<S> splits,
    Map<String, String> bookmark,
    List<String> findings) {
  public ExtractionPlan {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    splits = List.copyOf(splits);
    bookmark = Map.copyOf(bookmark);
    findings = List.copyOf(findings);
  }
}
