package dev.loadstar.starschema.expression;

import dev.loadstar.core.yaml.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry$;
import org.apache.spark.sql.catalyst.analysis.Star;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.UnresolvedWindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Looks at the names in a parsed expression: what is unknown, and what needs more than one row. */
final class WrittenNames {
  /** Functions that may be written without brackets, where no column has the name. */
  private static final Set<String> BARE_FUNCTIONS =
      Set.of(
          "current_date",
          "current_time",
          "current_timestamp",
          "current_user",
          "session_user",
          "user");

  private WrittenNames() {}

  /** What is wrong, if anything. */
  static Optional<String> problem(Expression parsed, Scope scope) {
    return problem(parsed, scope, false);
  }

  /**
   * @param besides whether the expression stands beside one of which every column is there
   */
  private static Optional<String> problem(Expression node, Scope scope, boolean besides) {
    boolean former = besides || isCoalesce(node) && parts(node).anyMatch(p -> isThere(p, scope));
    return ofNode(node, scope, former)
        .or(
            () ->
                parts(node)
                    .map(part -> problem(part, scope, former))
                    .flatMap(Optional::stream)
                    .findFirst());
  }

  private static boolean isThere(Expression part, Scope scope) {
    List<String> names = names(part);
    return !names.isEmpty() && names.stream().allMatch(name -> scope.find(name).isPresent());
  }

  /** The columns that an expression writes. */
  static List<String> names(Expression expression) {
    return nodes(expression)
        .filter(UnresolvedAttribute.class::isInstance)
        .map(node -> ((UnresolvedAttribute) node).name())
        .toList();
  }

  /**
   * Whether an expression says something of a row that has some columns only: all that it names are
   * among them, and one part of a {@code coalesce} will do.
   */
  static boolean isKnown(Expression node, Predicate<String> columns) {
    if (node instanceof UnresolvedAttribute attribute) {
      return columns.test(attribute.name());
    }
    if (isCoalesce(node)) {
      List<Expression> naming = parts(node).filter(part -> !names(part).isEmpty()).toList();
      return naming.isEmpty() || naming.stream().anyMatch(part -> isKnown(part, columns));
    }
    return parts(node).allMatch(part -> isKnown(part, columns));
  }

  /** The columns of every {@code coalesce} that chooses between columns and what names none. */
  static Stream<List<String>> alternatives(Expression expression) {
    return nodes(expression)
        .filter(WrittenNames::isCoalesce)
        .filter(
            node ->
                parts(node).allMatch(p -> p instanceof UnresolvedAttribute || names(p).isEmpty()))
        .map(WrittenNames::names);
  }

  private static boolean isCoalesce(Expression node) {
    return node instanceof UnresolvedFunction function
        && function.nameParts().last().equalsIgnoreCase("coalesce");
  }

  private static Stream<Expression> parts(Expression node) {
    return CollectionConverters.asJava(node.children()).stream();
  }

  static Stream<Expression> nodes(Expression expression) {
    return Stream.concat(Stream.of(expression), parts(expression).flatMap(WrittenNames::nodes));
  }

  private static Optional<String> ofNode(Expression node, Scope scope, boolean former) {
    if (node instanceof UnresolvedAttribute attribute) {
      String name = attribute.name();
      return former && scope.wasThere(name) ? Optional.empty() : column(name, scope);
    }
    if (node instanceof UnresolvedFunction function) {
      return function(String.join(".", CollectionConverters.asJava(function.nameParts())));
    }
    if (node instanceof SubqueryExpression) {
      return Optional.of("holds a query, expected an expression over one row; write it without");
    }
    if (node instanceof WindowExpression || node instanceof UnresolvedWindowExpression) {
      return Optional.of("looks at other rows, expected an expression over one row; remove OVER");
    }
    if (node instanceof Star) {
      return Optional.of("\"*\" stands for many columns, expected one value; name the column");
    }
    return Optional.empty();
  }

  private static Optional<String> column(String name, Scope scope) {
    boolean known =
        scope.find(name).isPresent() || BARE_FUNCTIONS.contains(name.toLowerCase(Locale.ROOT));
    return known ? Optional.empty() : Optional.of(scope.unknown(name));
  }

  private static Optional<String> function(String name) {
    Option<ExpressionInfo> found =
        FunctionRegistry$.MODULE$.builtin().lookupFunction(new FunctionIdentifier(name));
    if (found.isEmpty()) {
      return Optional.of(unknownFunction(name));
    }
    return switch (found.get().getGroup()) {
      case "agg_funcs" ->
          Optional.of(
              "\"%s\" works on many rows, expected an expression over one row; remove it"
                  .formatted(name));
      case "window_funcs" ->
          Optional.of(
              "\"%s\" looks at other rows, expected an expression over one row; remove it"
                  .formatted(name));
      case "generator_funcs" ->
          Optional.of(
              "\"%s\" makes several rows of one, expected one value; remove it".formatted(name));
      default -> Optional.empty();
    };
  }

  static String unknownFunction(String name) {
    List<String> functions =
        CollectionConverters.asJava(FunctionRegistry$.MODULE$.builtin().listFunction()).stream()
            .map(FunctionIdentifier::funcName)
            .filter(f -> Character.isLetter(f.charAt(0)))
            .toList();
    String near = Suggestion.among(name.toLowerCase(Locale.ROOT), functions);
    return "unknown function \"%s\"%s"
        .formatted(name, near.endsWith("?") ? near : "; write one of Spark SQL's");
  }
}
