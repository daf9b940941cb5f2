package dev.loadstar.starschema.builder;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.lake.commit.TableState;
import dev.loadstar.lake.load.DataFile;
import dev.loadstar.starschema.model.DimensionModel;
import java.util.List;
import java.util.Optional;

/**
 * What a build made of one dimension.
 *
 * @param intervals files of {@code _nk} TEXT, {@code _from} and {@code _to} BIGINT microseconds:
 *     the facts in them look up their key again
 */
record DimensionChange(
    DimensionModel model,
    TableState state,
    Optional<TableState> observations,
    List<DataFile> intervals,
    long intervalRows,
    HopBalance balance,
    BuildResult.DimensionChange counts) {
  /** The same with other live files, after inferred members were added. */
  DimensionChange with(TableState newState, BuildResult.DimensionChange newCounts) {
    return new DimensionChange(
        model, newState, observations, intervals, intervalRows, balance, newCounts);
  }
}
