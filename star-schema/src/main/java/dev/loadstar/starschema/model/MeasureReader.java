package dev.loadstar.starschema.model;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.yaml.Suggestion;
import dev.loadstar.core.yaml.YamlMap;
import dev.loadstar.core.yaml.YamlScalar;
import dev.loadstar.starschema.model.FactModel.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import scala.jdk.javaapi.CollectionConverters;

/** Reads measures: a type, or an expression of the others. */
final class MeasureReader {
  private static final Set<ColumnType.Simple> NUMBERS =
      Set.of(
          ColumnType.Simple.INT,
          ColumnType.Simple.BIGINT,
          ColumnType.Simple.FLOAT,
          ColumnType.Simple.DOUBLE);

  private static final List<String> TYPES =
      List.of("int", "bigint", "float", "double", "decimal(19,4)");

  private MeasureReader() {}

  static List<Measure> read(YamlMap map) {
    Map<String, ColumnType> given = new LinkedHashMap<>();
    for (YamlMap.Key key : map.keys()) {
      map.find(key.name())
          .filter(node -> node instanceof YamlScalar)
          .flatMap(node -> ColumnType.parse(((YamlScalar) node).text()))
          .ifPresent(type -> given.put(key.name(), type));
    }
    Set<String> computed = new TreeSet<>();
    map.keys().forEach(key -> computed.add(key.name()));
    computed.removeAll(given.keySet());
    List<Measure> measures = new ArrayList<>();
    for (YamlMap.Key key : map.keys()) {
      boolean sound = Names.isName(key.name(), m -> map.problem(key.name(), m));
      Optional<YamlScalar> value = map.scalar(key.name());
      Optional<Measure> measure = value.flatMap(v -> measure(key.name(), v, given, computed));
      if (sound) {
        measure.ifPresent(measures::add);
      }
    }
    return measures;
  }

  private static Optional<Measure> measure(
      String name, YamlScalar value, Map<String, ColumnType> given, Set<String> computed) {
    ColumnType type = given.get(name);
    if (type != null) {
      if (!(type instanceof ColumnType.Decimal) && !NUMBERS.contains(type)) {
        value.problem(
            "a measure is a number: int, bigint, float, double or decimal(19,4), found "
                + type.text()
                + "; move it to \"attributes\"");
      }
      return Optional.of(new Measure(name, type, Optional.empty()));
    }
    Optional<Expression> expression = Names.parse(value);
    if (expression.isEmpty()) {
      return Optional.empty();
    }
    int references = 0;
    for (Expression leaf : CollectionConverters.asJava(expression.get().collectLeaves())) {
      if (leaf instanceof UnresolvedAttribute attribute) {
        references++;
        String word = attribute.name();
        if (computed.contains(word)) {
          value.problem("\"" + word + "\" is computed itself; write out what it is made of");
        } else if (!given.containsKey(word)) {
          Set<String> choices = new TreeSet<>(given.keySet());
          choices.addAll(TYPES);
          value.problem(
              "\"%s\" is neither a type nor a measure that the feeds give%s"
                  .formatted(word, Suggestion.among(word, choices)));
        }
      }
    }
    if (references == 0) {
      value.problem("expected a type such as decimal(19,4) or an expression of other measures");
    }
    return Optional.of(new Measure(name, Measure.DEFAULT_TYPE, Optional.of(value.text())));
  }
}
