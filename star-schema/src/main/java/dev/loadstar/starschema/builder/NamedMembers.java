package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.spark.Joins;
import dev.loadstar.tables.spark.SparkTables;
import dev.loadstar.tables.spark.Written;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The versions of the members that facts name. Members that only facts know get a row under the
 * next keys, in the same change set.
 *
 * @param members rows of {@link MemberKeys}; empty when no fact names the dimension
 * @param added whether the dimension got rows
 */
record NamedMembers(DimensionChange dimension, Optional<Dataset<Row>> members, boolean added) {
  /**
   * @param keys {@link NamedKeys} by dimension
   */
  static NamedMembers of(
      BuildSession build,
      DimensionModel model,
      Map<String, NamedKeys> keys,
      Map<String, DimensionChange> dimensions) {
    DimensionChange change = dimensions.get(model.name());
    NamedKeys named = keys.get(model.name());
    if (named == null) {
      return new NamedMembers(change, Optional.empty(), false);
    }
    Dataset<Row> known = build.tables().hold(MemberKeys.of(build, change, named));
    Dataset<Row> nobodys =
        Joins.anti(named.keys(), few(change, known.select(col(MemberKeys.MEMBER).as("_nk"))));
    Dataset<Row> missing = build.tables().hold(named.distinct() ? nobodys : nobodys.distinct());
    long n = missing.count();
    return n == 0
        ? new NamedMembers(change, Optional.of(few(change, known)), false)
        : inferred(build, change, known, missing, n);
  }

  private static Dataset<Row> few(DimensionChange change, Dataset<Row> rows) {
    return areFew(change) ? broadcast(rows) : rows;
  }

  /** Whether the members of a dimension are sent to every task that looks for some. */
  static boolean areFew(DimensionChange change) {
    return change.state().rows() <= SparkTables.BROADCAST_ROWS;
  }

  private static NamedMembers inferred(
      BuildSession build,
      DimensionChange change,
      Dataset<Row> known,
      Dataset<Row> missing,
      long n) {
    Table before = change.state();
    Written added =
        build.tables().write(before.shape(), InferredMembers.rows(build, before, missing, n), n);
    Table state =
        build.tables().plus(Optional.of(before), before.shape(), added, n, before.nextKey() + n);
    BuildResult.DimensionChange c = change.counts();
    DimensionChange with =
        change.with(
            state,
            new BuildResult.DimensionChange(
                c.newVersions() + n, c.changedVersions(), c.removedVersions(), n));
    Dataset<Row> both = known.union(MemberKeys.of(build, change, added));
    return new NamedMembers(with, Optional.of(few(with, both)), true);
  }
}
