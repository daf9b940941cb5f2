package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.starschema.timeline.Timeline;
import dev.loadstar.tables.ColumnRole;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.spark.SparkTables;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The members that a dimension had.
 *
 * @param prior the dimension as it was made; empty when there was none
 */
record FormerMembers(BuildSession session, DimensionModel model, Optional<Table> prior) {
  /** A guard in per cent means nothing among a handful of members. */
  private static final long GUARD_FROM_MEMBERS = 20;

  /** Whether they are known by other columns, so that none of them is one of now. */
  boolean ofOtherKey() {
    return prior.isPresent() && !naturalKey().equals(model.key());
  }

  private List<String> naturalKey() {
    return prior.orElseThrow().shape().of(ColumnRole.NATURAL_KEY).map(TableColumn::name).toList();
  }

  /** Whether members are known by another column or type than before. */
  boolean rekeyed(TableShape now) {
    return prior.isPresent()
        && (ofOtherKey()
            || now.of(ColumnRole.NATURAL_KEY)
                .anyMatch(
                    column ->
                        !prior
                            .get()
                            .shape()
                            .column(column.name())
                            .map(TableColumn::type)
                            .equals(Optional.of(column.type()))));
  }

  /** Members of another natural key: none of them is one of these, whatever its value. */
  Dataset<Row> leaving(Table now) {
    return session
        .tables()
        .read(now)
        .filter(col(model.surrogateKey()).gt(0))
        .withColumn(SparkTables.GOES, lit(true));
  }

  /** For each of them an interval of all times. */
  Dataset<Row> everywhere() {
    Column[] key = naturalKey().stream().map(k -> col(k).cast("string")).toArray(Column[]::new);
    return session
        .tables()
        .read(prior.orElseThrow())
        .filter(col(model.surrogateKey()).gt(0))
        .select(
            concat_ws("\u001f", key).as("_nk"),
            lit(Timeline.BEGIN).as("_from"),
            lit(Timeline.END).as("_to"))
        .distinct();
  }

  /** Stops a night that changes more of the known members than a person would believe. */
  void guard(long changedMembers) {
    guard(
        changedMembers,
        "%d of %d known members changed, expected at most %s%%. Look at the source; if this is"
            + " right,");
  }

  /**
   * Stops a build from all loads that leaves members without values that they showed. A definition
   * may change what they show, which is no reason to stop.
   */
  void guardValues(long emptiedMembers) {
    guard(
        emptiedMembers,
        "%d of %d known members lose a value that they show, expected at most %s%%. Loads from"
            + " before a column came do not have it: look at the columns that the definition reads;"
            + " if this is right,");
  }

  private void guard(long members, String found) {
    Optional<BigDecimal> limit = session.guards().changedMembers();
    if (limit.isEmpty() || members <= GUARD_FROM_MEMBERS || prior.isEmpty()) {
      return;
    }
    long known =
        session
            .tables()
            .read(prior.get())
            .filter("is_current and " + model.surrogateKey() + " > 0")
            .count();
    BigDecimal share =
        BigDecimal.valueOf(members)
            .divide(BigDecimal.valueOf(Math.max(1, known)), 4, RoundingMode.HALF_UP);
    if (share.compareTo(limit.get()) > 0) {
      String percent = limit.get().movePointRight(2).stripTrailingZeros().toPlainString();
      throw new LoadException(
          ErrorCode.GUARD_EXCEEDED,
          "Cannot build %s: %s raise guards.changed_members for one night."
              .formatted(model.table(), found.formatted(members, known, percent)));
    }
  }
}
