package dev.loadstar.warehouse.staging;

import dev.loadstar.tables.TableShape;

/**
 * A filled stage: at most one row per key.
 *
 * @param snapshot whether what is not in it has to go
 * @param rows that were staged
 */
public record StagedTable(TableShape shape, boolean snapshot, long rows) {}
