package dev.loadstar.warehouse.staging;

import dev.loadstar.core.type.Extent;
import dev.loadstar.tables.TableShape;
import java.util.Map;

/**
 * A filled stage: at most one row per key.
 *
 * @param snapshot whether what is not in it has to go
 * @param rows that were staged
 * @param extents how large their values are, by column
 */
public record StagedTable(
    TableShape shape, boolean snapshot, long rows, Map<String, Extent> extents) {}
