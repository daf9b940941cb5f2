package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_micros;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.starschema.model.DimensionModel.Enrichment;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.spark.Encoding;
import dev.loadstar.tables.spark.SparkTables;
import dev.loadstar.tables.spark.SparkTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of a dimension as {@link MemberFold} takes and answers them: numbers for what Spark would
 * not compare or keep exactly, in the order of {@link MemberLayout}.
 *
 * @param observations the shape of their table
 */
record FoldRows(
    DimensionModel model,
    Map<String, ColumnType> keyTypes,
    Map<String, ColumnType> attributeTypes,
    ComparedColumns compared,
    TableShape observations) {
  Dataset<Row> encodedObservations(Dataset<Row> rows, int kind) {
    List<String> have = List.of(rows.columns());
    List<Column> selected = new ArrayList<>();
    selected.add(lit(kind).as("_kind"));
    keyTypes.forEach(
        (name, type) ->
            selected.add(Encoding.encode(col(name).cast(SparkTypes.toSpark(type)), type).as(name)));
    for (String name : List.of("_effective", "_load", "_origin", "_row", "_deleted", "_unknown")) {
      selected.add(col(name));
    }
    attributeTypes.forEach(
        (name, type) -> {
          String from = model.isLookedUp(name) ? "_looked_up_" + name : name;
          Column value = have.contains(from) ? col(from) : lit(null);
          selected.add(Encoding.encode(value.cast(SparkTypes.toSpark(type)), type).as(name));
        });
    model.enrichments().forEach(e -> selected.add(col(ObservedRows.lookupKey(e))));
    compared.columns().forEach(name -> selected.add(col(name)));
    versionColumns().forEach((name, type) -> selected.add(lit(null).cast(type).as(name)));
    return rows.select(selected.toArray(Column[]::new));
  }

  Dataset<Row> encodedVersions(Dataset<Row> versions) {
    List<Column> selected = new ArrayList<>();
    selected.add(lit(MemberLayout.VERSION).as("_kind"));
    keyTypes.forEach((name, type) -> selected.add(Encoding.encode(col(name), type).as(name)));
    selected.add(lit(null).cast("bigint").as("_effective"));
    selected.add(lit(null).cast("bigint").as("_load"));
    selected.add(lit(null).cast("string").as("_origin"));
    selected.add(lit(null).cast("bigint").as("_row"));
    selected.add(lit(null).cast("boolean").as("_deleted"));
    selected.add(lit(null).cast("string").as("_unknown"));
    attributeTypes.forEach((name, type) -> selected.add(Encoding.encode(col(name), type).as(name)));
    model
        .enrichments()
        .forEach(e -> selected.add(lit(null).cast("string").as(ObservedRows.lookupKey(e))));
    compared.columns().forEach(name -> selected.add(lit(null).cast("bigint").as(name)));
    selected.add(col(model.surrogateKey()).as("_key"));
    selected.add(col(model.durableKey()).as("_durable"));
    selected.add(unix_micros(col("valid_from")).as("valid_from"));
    selected.add(unix_micros(col("valid_to")).as("valid_to"));
    for (String name : List.of("is_current", "version", "is_inferred", "is_deleted")) {
      selected.add(col(name));
    }
    return versions.select(selected.toArray(Column[]::new));
  }

  private static Map<String, DataType> versionColumns() {
    Map<String, DataType> columns = new LinkedHashMap<>();
    columns.put("_key", DataTypes.LongType);
    columns.put("_durable", DataTypes.LongType);
    columns.put("valid_from", DataTypes.LongType);
    columns.put("valid_to", DataTypes.LongType);
    columns.put("is_current", DataTypes.BooleanType);
    columns.put("version", DataTypes.IntegerType);
    columns.put("is_inferred", DataTypes.BooleanType);
    columns.put("is_deleted", DataTypes.BooleanType);
    return columns;
  }

  StructType foldedSchema() {
    return columns(
        new StructType()
            .add("_out", DataTypes.StringType)
            .add("_fate", DataTypes.StringType)
            .add("_note", DataTypes.StringType)
            .add("_nth", DataTypes.IntegerType));
  }

  /** Of encoded observations and versions. */
  StructType inputSchema() {
    return columns(new StructType().add("_kind", DataTypes.IntegerType));
  }

  private StructType columns(StructType leading) {
    StructType schema = leading;
    for (Map.Entry<String, ColumnType> key : keyTypes.entrySet()) {
      schema = schema.add(key.getKey(), Encoding.encoded(key.getValue()));
    }
    schema =
        schema
            .add("_effective", DataTypes.LongType)
            .add("_load", DataTypes.LongType)
            .add("_origin", DataTypes.StringType)
            .add("_row", DataTypes.LongType)
            .add("_deleted", DataTypes.BooleanType)
            .add("_unknown", DataTypes.StringType);
    for (Map.Entry<String, ColumnType> attribute : attributeTypes.entrySet()) {
      schema = schema.add(attribute.getKey(), Encoding.encoded(attribute.getValue()));
    }
    for (Enrichment enrichment : model.enrichments()) {
      schema = schema.add(ObservedRows.lookupKey(enrichment), DataTypes.StringType);
    }
    for (String name : compared.columns()) {
      schema = schema.add(name, DataTypes.LongType);
    }
    for (Map.Entry<String, DataType> version : versionColumns().entrySet()) {
      schema = schema.add(version.getKey(), version.getValue());
    }
    return schema;
  }

  /** Folded versions as rows of the dimension with {@link SparkTables#GOES}. */
  Dataset<Row> decoded(Dataset<Row> folded) {
    List<Column> selected = new ArrayList<>();
    selected.add(col("_key").as(model.surrogateKey()));
    selected.add(col("_durable").as(model.durableKey()));
    keyTypes.forEach((name, type) -> selected.add(Encoding.decode(col(name), type).as(name)));
    attributeTypes.forEach((name, type) -> selected.add(Encoding.decode(col(name), type).as(name)));
    selected.add(timestamp_micros(col("valid_from")).as("valid_from"));
    selected.add(timestamp_micros(col("valid_to")).as("valid_to"));
    for (String name : List.of("is_current", "version", "is_inferred", "is_deleted")) {
      selected.add(col(name));
    }
    selected.add(col("_fate").equalTo("D").as(SparkTables.GOES));
    return folded.select(selected.toArray(Column[]::new));
  }

  /** Folded observations as rows of the observations' table. */
  Dataset<Row> storedObservations(Dataset<Row> folded) {
    List<Column> selected = new ArrayList<>();
    for (TableColumn column : observations.columns()) {
      selected.add(Encoding.decode(col(column.name()), typeOfStored(column)).as(column.name()));
    }
    return folded.select(selected.toArray(Column[]::new));
  }

  private ColumnType typeOfStored(TableColumn column) {
    return column.name().startsWith("_")
        ? Simple.TEXT
        : column.type(); // bookkeeping stays as it is
  }
}
