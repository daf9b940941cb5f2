package dev.loadstar.masking.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.tables.spark.SparkTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructType;

/**
 * The rows around {@link MaskRows}: columns that pass, columns with values, conditions or digests.
 */
record MaskingShape(
    Set<String> standardized,
    List<MaskedColumn> columns,
    List<String> conditions,
    List<Integer> digests) {
  private static final String CONDITION = "_condition_";
  private static final String DIGEST = "_digest_";

  /**
   * @param standardized names of all columns with values, withheld ones included
   */
  MaskingShape {
    standardized = Set.copyOf(standardized);
    columns = List.copyOf(columns);
    conditions = List.copyOf(conditions);
    digests = List.copyOf(digests);
  }

  /** How many columns pass as they are: those that hold no values. */
  int passing(StructType clear) {
    return passingColumns(clear).size();
  }

  /** Names of passing columns and clear columns. */
  List<String> taken(StructType clear) {
    List<String> names = new ArrayList<>();
    passingColumns(clear).forEach(column -> names.add(column.name()));
    columns.forEach(column -> names.add(column.name()));
    return names;
  }

  /** Passing columns, clear columns, conditions. */
  Column[] selected(StructType clear) {
    List<Column> selected = new ArrayList<>();
    passingColumns(clear).forEach(column -> selected.add(named(column.name())));
    columns.forEach(column -> selected.add(named(column.name())));
    for (int i = 0; i < conditions.size(); i++) {
      selected.add(coalesce(expr(conditions.get(i)), lit(true)).as(CONDITION + i));
    }
    return selected.toArray(Column[]::new);
  }

  /** Passing columns, masked columns, digests: as {@link MaskRows} makes them. */
  List<dev.loadstar.core.type.Column> masked(StructType clear) {
    List<dev.loadstar.core.type.Column> masked = new ArrayList<>(passingColumns(clear));
    columns.forEach(c -> masked.add(new dev.loadstar.core.type.Column(c.name(), c.masked())));
    for (int i = 0; i < digests.size(); i++) {
      masked.add(new dev.loadstar.core.type.Column(DIGEST + i, Simple.BIGINT));
    }
    return masked;
  }

  /** Passing columns, masked columns, {@code _digests}. */
  Column[] result(StructType clear) {
    List<Column> result = new ArrayList<>();
    passingColumns(clear).forEach(column -> result.add(named(column.name())));
    columns.forEach(column -> result.add(named(column.name())));
    List<Column> fields = new ArrayList<>();
    for (int i = 0; i < digests.size(); i++) {
      fields.add(col(DIGEST + i).as(columns.get(digests.get(i)).name()));
    }
    if (!fields.isEmpty()) {
      result.add(struct(fields.toArray(Column[]::new)).as("_digests"));
    }
    return result.toArray(Column[]::new);
  }

  private List<dev.loadstar.core.type.Column> passingColumns(StructType clear) {
    return SparkTypes.columns(clear).stream()
        .filter(column -> !standardized.contains(column.name()))
        .toList();
  }

  private static Column named(String name) {
    return col("`" + name + "`");
  }
}
