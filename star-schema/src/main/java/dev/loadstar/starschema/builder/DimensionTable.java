package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_micros;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.starschema.model.DimensionModel.Enrichment;
import dev.loadstar.starschema.timeline.Timeline;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.spark.Encoding;
import dev.loadstar.tables.spark.LoadRows;
import dev.loadstar.tables.spark.SparkTables;
import dev.loadstar.tables.spark.SparkTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of one dimension in their three forms: as loaded, as folded, as kept in the lake. */
final class DimensionTable {
  private final BuildSession session;
  private final DimensionModel model;
  private final List<ProcessedLoad> loads;
  private final Map<String, ColumnType> keyTypes;
  private final Map<String, ColumnType> attributeTypes;
  private final ComparedColumns compared;
  private final DimensionShapes shapes;
  private final MemberLayout layout;
  private final Dataset<Row> observations;
  private final long retained;

  private DimensionTable(
      BuildSession session,
      DimensionModel model,
      List<ProcessedLoad> loads,
      Map<String, ColumnType> keyTypes,
      Map<String, ColumnType> attributeTypes,
      ComparedColumns compared,
      String changeKey,
      Dataset<Row> observations,
      long retained) {
    this.session = session;
    this.model = model;
    this.loads = loads;
    this.keyTypes = keyTypes;
    this.attributeTypes = attributeTypes;
    this.compared = compared;
    this.shapes = new DimensionShapes(model, keyTypes, attributeTypes, compared, changeKey);
    this.observations = observations;
    this.retained = retained;
    this.layout =
        new MemberLayout(
            model.key().size(),
            model.attributes(),
            model.type1().size(),
            model.enrichments().size(),
            compared.digests(),
            compared.shown(),
            compared.inputs());
  }

  static DimensionTable of(
      BuildSession session,
      DimensionModel model,
      List<ProcessedLoad> loads,
      Map<String, KeptState.Change> lookups,
      Optional<Table> priorObservations,
      Optional<Table> prior,
      Optional<RetainedObservations> expired) {
    Map<String, ColumnType> stored = new LinkedHashMap<>();
    if (prior.isEmpty() && loads.isEmpty()) {
      stored.putAll(session.declared().of(model.from()));
    }
    prior.ifPresent(p -> p.shape().columns().forEach(c -> stored.put(c.name(), c.type())));
    priorObservations.ifPresent(
        p -> p.shape().columns().forEach(c -> stored.put(c.name(), c.type())));
    Dataset<Row> rows = null;
    long retained = 0;
    String changeKey = priorObservations.map(p -> p.shape().definition()).orElse("");
    List<ProcessedLoad> like =
        loads.isEmpty() ? session.lake().processed().latest(model.from()).stream().toList() : loads;
    List<String> known =
        stored.keySet().stream().filter(n -> n.startsWith("_d_")).map(n -> n.substring(3)).toList();
    List<dev.loadstar.core.type.Column> columns = NamedColumns.of(session, model, like);
    ComparedColumns compared = ComparedColumns.of(model, like, columns, known);
    Map<String, ColumnType> before = new LinkedHashMap<>(stored);
    LoadRows.columns(loads).forEach(c -> stored.put(c.name(), c.type())); // even of no rows
    if (LoadRows.haveFiles(loads)) {
      changeKey = ObservedRows.changeKey(model, loads, changeKey);
      rows = ObservedRows.read(session, model, loads, columns, compared);
      if (expired.isPresent()) {
        Dataset<Row> besides = expired.get().besides(rows);
        retained = besides.count();
        rows = expired.get().joined(rows, besides);
      }
      for (StructField field : rows.schema().fields()) {
        stored.put(field.name(), SparkTypes.fromSpark(field.dataType()));
      }
    }
    for (Enrichment enrichment : model.enrichments()) {
      lookups
          .get(KeptState.table(enrichment.entity()))
          .after()
          .ifPresent(
              state ->
                  state.shape().columns().stream()
                      .filter(c -> enrichment.columns().contains(c.name()))
                      .forEach(c -> stored.put(c.name(), c.type())));
    }
    Map<String, ColumnType> keys = new LinkedHashMap<>();
    for (String key : model.key()) {
      ColumnType type = stored.getOrDefault(key, Simple.TEXT);
      keys.put(key, prior.isPresent() ? KeyTypes.both(before.getOrDefault(key, type), type) : type);
    }
    Map<String, ColumnType> attributes = new LinkedHashMap<>();
    model.attributes().forEach(a -> attributes.put(a, stored.getOrDefault(a, Simple.TEXT)));
    return new DimensionTable(
        session, model, loads, keys, attributes, compared, changeKey, rows, retained);
  }

  List<ProcessedLoad> loads() {
    return loads;
  }

  /** Rows of {@link #observations()}. */
  long rows() {
    return LoadRows.rows(loads) + retained;
  }

  MemberLayout layout() {
    return layout;
  }

  /**
   * New observations with the columns of {@link #observationShape()}, looked-up attributes null.
   */
  Dataset<Row> observations() {
    return observations;
  }

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
            .add("_op", DataTypes.StringType)
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

  /** Folded versions as rows of {@link #shape()} with {@link SparkTables#GOES}. */
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
    selected.add(col("_op").equalTo("D").as(SparkTables.GOES));
    return folded.select(selected.toArray(Column[]::new));
  }

  /** Folded observations as rows of {@link #observationShape()}. */
  Dataset<Row> storedObservations(Dataset<Row> folded) {
    List<Column> selected = new ArrayList<>();
    for (TableColumn column : observationShape().columns()) {
      selected.add(Encoding.decode(col(column.name()), typeOfStored(column)).as(column.name()));
    }
    return folded.select(selected.toArray(Column[]::new));
  }

  private ColumnType typeOfStored(TableColumn column) {
    return column.name().startsWith("_")
        ? Simple.TEXT
        : column.type(); // bookkeeping stays as it is
  }

  TableShape shape() {
    return shapes.dimension();
  }

  TableShape observationShape() {
    return shapes.observations();
  }

  TableShape intervalShape() {
    return shapes.intervals();
  }

  /** The natural keys of folded rows as the text by which facts know them. */
  Column naturalKey() {
    return concat_ws(
        "\u001f",
        keyTypes.entrySet().stream()
            .map(key -> Encoding.decode(col(key.getKey()), key.getValue()).cast("string"))
            .toArray(Column[]::new));
  }

  /** The rows that always exist: -1 Unknown and -2 Not applicable, natural key null. */
  Dataset<Row> specialRows() {
    List<Row> rows = List.of(special(-1, "Unknown"), special(-2, "Not applicable"));
    Dataset<Row> encoded = session.spark().createDataFrame(rows, foldedSchema());
    return decoded(encoded);
  }

  private Row special(long key, String name) {
    Object[] values = new Object[foldedSchema().size()];
    values[1] = "U";
    int offset = 3; // four leading columns, and the layout counts the kind
    int i = 0;
    for (ColumnType type : attributeTypes.values()) {
      values[layout.attribute(i++) + offset] = type == Simple.TEXT ? name : null;
    }
    values[layout.surrogateKey() + offset] = key;
    values[layout.durableKey() + offset] = key;
    values[layout.validFrom() + offset] = Timeline.BEGIN;
    values[layout.validTo() + offset] = Timeline.END;
    values[layout.isCurrent() + offset] = true;
    values[layout.versionNumber() + offset] = 1;
    values[layout.isInferred() + offset] = false;
    values[layout.isDeleted() + offset] = false;
    return RowFactory.create(values);
  }
}
