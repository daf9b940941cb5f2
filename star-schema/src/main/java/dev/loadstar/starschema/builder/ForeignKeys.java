package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.loadstar.starschema.model.CalendarModel;
import dev.loadstar.starschema.model.FactModel;
import dev.loadstar.starschema.model.FactModel.DimensionUse;
import dev.loadstar.starschema.model.StarSchema;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Finds the version of each member that a fact names, by its event time. */
record ForeignKeys(StarSchema schema, FactModel fact) {
  /** Natural keys spelled as their dimension's; one that is none of its type is unknown. */
  Dataset<Row> spelled(Dataset<Row> rows, Map<String, DimensionChange> dimensions) {
    Dataset<Row> typed = rows;
    for (Map.Entry<String, DimensionUse> use : fact.dimensions().entrySet()) {
      DimensionChange dimension = dimensions.get(use.getValue().dimension());
      if (dimension != null) {
        typed =
            typed.withColumn(FactTable.naturalKey(use.getKey()), spelled(use.getKey(), dimension));
      }
    }
    return typed;
  }

  /** A fact's natural key as the dimension spells it today. */
  static Column spelled(String role, DimensionChange dimension) {
    Column key = col(FactTable.naturalKey(role));
    Column spelled =
        Fitting.of(key, DataTypes.StringType, MemberKeys.keyType(dimension)).cast("string");
    return when(key.equalTo(FeedValues.NOT_APPLICABLE), key).otherwise(spelled);
  }

  /**
   * Adds the keys of calendars, and {@code _outside}: the calendar that has no day for a fact's
   * date, or null.
   *
   * @param lastDays by calendar
   */
  Dataset<Row> dated(Dataset<Row> rows, Map<String, LocalDate> lastDays) {
    List<Column> selected = new ArrayList<>(List.of(col("*")));
    Column outside = lit(null).cast("string");
    for (Map.Entry<String, DimensionUse> use : fact.dimensions().entrySet()) {
      Optional<CalendarModel> calendar = schema.calendar(use.getValue().dimension());
      if (calendar.isPresent()) {
        Column natural = col(FactTable.naturalKey(use.getKey()));
        Column day = natural.cast("bigint");
        long first = CalendarBuild.key(calendar.get().from());
        long last = CalendarBuild.key(lastDays.get(use.getValue().dimension()));
        Column key = special(natural).when(day.between(first, last), day).otherwise(lit(-1L));
        selected.add(key.as(FactTable.foreignKey(use.getKey())));
        Column lost =
            col("_outcome").equalTo(LineOutcome.FACT).and(natural.isNotNull()).and(key.equalTo(-1));
        outside = when(lost, lit(calendar.get().table())).otherwise(outside);
      }
    }
    selected.add(outside.as("_outside"));
    return rows.select(selected.toArray(Column[]::new));
  }

  private static Column special(Column natural) {
    return when(natural.equalTo(FeedValues.NOT_APPLICABLE), lit(-2L));
  }

  /**
   * Adds the keys of members.
   *
   * @param members {@link MemberKeys} by dimension
   */
  Dataset<Row> found(Dataset<Row> rows, Map<String, Dataset<Row>> members) {
    Dataset<Row> keyed = rows;
    for (Map.Entry<String, DimensionUse> use : fact.dimensions().entrySet()) {
      if (schema.calendar(use.getValue().dimension()).isEmpty()) {
        keyed = found(keyed, use.getKey(), members.get(use.getValue().dimension()));
      }
    }
    return keyed;
  }

  private Dataset<Row> found(Dataset<Row> rows, String role, Dataset<Row> members) {
    Column natural = col(FactTable.naturalKey(role));
    Column covers =
        natural
            .equalTo(col(MemberKeys.MEMBER))
            .and(col(fact.eventTime()).geq(col(MemberKeys.FROM)))
            .and(col(fact.eventTime()).lt(col(MemberKeys.TO)));
    return rows.join(members, covers, "left_outer")
        .withColumn(
            FactTable.foreignKey(role),
            special(natural).otherwise(coalesce(col(MemberKeys.KEY), lit(-1L))))
        .drop(MemberKeys.MEMBER, MemberKeys.KEY, MemberKeys.FROM, MemberKeys.TO);
  }
}
