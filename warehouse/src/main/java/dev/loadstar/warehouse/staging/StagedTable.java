package dev.loadstar.warehouse.staging;

import dev.loadstar.lake.commit.TableShape;

/**
 * A filled stage: at most one row per key.
 *
 * @param snapshot whether what is not in it has to go
 * @param rows that were staged
 * @param overtaken of these, rows that a later change set replaced; they are gone from the stage
 */
public record StagedTable(TableShape shape, boolean snapshot, long rows, long overtaken) {}
