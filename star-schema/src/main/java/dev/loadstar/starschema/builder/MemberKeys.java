package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.col;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.spark.SparkTypes;
import dev.loadstar.tables.spark.Written;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/** The versions of the members that facts name: natural key as text, surrogate key, interval. */
final class MemberKeys {
  static final String MEMBER = "_member";
  static final String KEY = "_found";
  static final String FROM = "_valid_from";
  static final String TO = "_valid_to";

  private MemberKeys() {}

  /** The type of the only key column that a fact can refer to. */
  static DataType type(DimensionChange dimension) {
    return SparkTypes.toSpark(keyType(dimension));
  }

  static ColumnType keyType(DimensionChange dimension) {
    String key = dimension.model().key().get(0);
    return dimension.state().shape().columns().stream()
        .filter(column -> column.name().equals(key))
        .map(TableColumn::type)
        .findFirst()
        .orElseThrow();
  }

  /** More members than those that are named may be answered. */
  static Dataset<Row> of(BuildSession session, DimensionChange dimension, NamedKeys named) {
    if (!named.distinct()) {
      return selected(dimension.model(), session.tables().read(dimension.state()));
    }
    Dataset<Row> keys =
        named.keys().select(col("_nk").cast(type(dimension)).as(dimension.model().key().get(0)));
    return selected(dimension.model(), session.tables().read(dimension.state(), keys));
  }

  /** The same for rows of the dimension that this build wrote. */
  static Dataset<Row> of(BuildSession session, DimensionChange dimension, Written added) {
    return selected(dimension.model(), session.tables().read(added));
  }

  private static Dataset<Row> selected(DimensionModel model, Dataset<Row> versions) {
    Column key = col(model.surrogateKey());
    return versions
        .filter(key.gt(0))
        .select(
            col(model.key().get(0)).cast("string").as(MEMBER),
            key.as(KEY),
            col("valid_from").as(FROM),
            col("valid_to").as(TO));
  }
}
