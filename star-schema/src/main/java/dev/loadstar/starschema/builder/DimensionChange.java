package dev.loadstar.starschema.builder;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.spark.Written;
import java.util.List;
import java.util.Optional;

/**
 * What a build made of one dimension.
 *
 * @param intervals rows of {@code _nk} TEXT, {@code _from} and {@code _to} BIGINT microseconds: the
 *     facts in them look up their key again
 * @param rekeyed whether members are known by another key, or one of another type, than before
 * @param findings worth a person's attention; no values
 */
record DimensionChange(
    DimensionModel model,
    Table state,
    Optional<Table> observations,
    Written intervals,
    HopBalance balance,
    BuildResult.DimensionChange counts,
    boolean rekeyed,
    List<String> findings) {
  /** The same with other live files, after inferred members were added. */
  DimensionChange with(Table newState, BuildResult.DimensionChange newCounts) {
    return new DimensionChange(
        model, newState, observations, intervals, balance, newCounts, rekeyed, findings);
  }
}
