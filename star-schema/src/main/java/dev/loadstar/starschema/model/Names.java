package dev.loadstar.starschema.model;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.name.SnakeCase;
import dev.loadstar.core.yaml.Suggestion;
import dev.loadstar.core.yaml.YamlMap;
import dev.loadstar.core.yaml.YamlNode;
import dev.loadstar.core.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.parser.ParseException;

/** Reads the names of columns and entities, and expressions over them. */
final class Names {
  private final Set<EntityName> known;

  Names(Set<EntityName> known) {
    this.known = known;
  }

  static boolean isName(String name, Consumer<String> problem) {
    if (SnakeCase.isValid(name)) {
      return true;
    }
    problem.accept("\"%s\" is no name here; write it as %s".formatted(name, SnakeCase.of(name)));
    return false;
  }

  /** The column behind a key. */
  static Optional<String> column(YamlMap map, String key) {
    return map.scalar(key).filter(s -> isName(s.text(), s::problem)).map(YamlScalar::text);
  }

  /** One column or a list of them; one that comes twice is a problem. */
  static List<String> columns(YamlMap map, String key) {
    List<String> columns = new ArrayList<>();
    map.list(key).ifPresent(list -> list.items().forEach(item -> addColumn(item, columns)));
    return columns;
  }

  private static void addColumn(YamlNode item, List<String> columns) {
    Optional<YamlScalar> scalar = item.asScalar().filter(s -> isName(s.text(), s::problem));
    if (scalar.isPresent()) {
      String name = scalar.get().text();
      if (columns.contains(name)) {
        item.problem("\"" + name + "\" is listed twice; remove one");
      } else {
        columns.add(name);
      }
    }
  }

  Optional<EntityName> entity(String text, Consumer<String> problem) {
    Optional<EntityName> entity = known.stream().filter(e -> e.toString().equals(text)).findFirst();
    if (entity.isEmpty()) {
      List<String> choices = known.stream().map(EntityName::toString).toList();
      problem.accept("unknown entity \"" + text + "\"" + Suggestion.among(text, choices));
    }
    return entity;
  }

  /** Spark SQL behind a key; Spark's parser needs no session. */
  static Optional<String> expression(YamlMap map, String key) {
    return map.scalar(key).filter(s -> parse(s).isPresent()).map(YamlScalar::text);
  }

  /** The expression, or empty after a problem. */
  static Optional<Expression> parse(YamlScalar scalar) {
    try {
      return Optional.of(CatalystSqlParser$.MODULE$.parseExpression(scalar.text()));
    } catch (Exception e) { // Scala throws the checked exception without declaring it
      if (e instanceof ParseException) {
        scalar.problem("is no Spark SQL expression: \"" + scalar.text() + "\"; correct it");
        return Optional.empty();
      }
      throw e;
    }
  }
}
