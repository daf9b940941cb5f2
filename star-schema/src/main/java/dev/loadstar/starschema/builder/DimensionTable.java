package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.starschema.model.DimensionModel.Enrichment;
import dev.loadstar.starschema.timeline.Timeline;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.spark.Encoding;
import dev.loadstar.tables.spark.LoadRows;
import dev.loadstar.tables.spark.SparkTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;

/** The columns of one dimension in their three forms: as loaded, as folded, as kept in the lake. */
final class DimensionTable {
  private final BuildSession session;
  private final DimensionModel model;
  private final List<ProcessedLoad> loads;
  private final Map<String, ColumnType> keyTypes;
  private final Map<String, ColumnType> attributeTypes;
  private final ComparedColumns compared;
  private final DimensionShapes shapes;
  private final FoldRows fold;
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
    this.fold = new FoldRows(model, keyTypes, attributeTypes, compared, shapes.observations());
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

  /** As rows go into a fold and come out of it. */
  FoldRows fold() {
    return fold;
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
    Dataset<Row> encoded = session.spark().createDataFrame(rows, fold.foldedSchema());
    return fold.decoded(encoded);
  }

  private Row special(long key, String name) {
    Object[] values = new Object[fold.foldedSchema().size()];
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
