package dev.loadstar.starschema.expression;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IntegralDivide;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.NumericEvalContext;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.Remainder;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.jdk.javaapi.CollectionConverters;

/**
 * An expression as it is computed: nothing in it overflows into another number or rounds by itself;
 * what cannot be computed is null, and is told from a null that was meant.
 *
 * @param value of the expression
 * @param failed true where some part of it could not be computed although all that it works on is
 *     there; null or false elsewhere. Empty when that cannot happen. Counts where the value is null
 */
public record CheckedExpression(Column value, Optional<Column> failed) {
  private static final NumericEvalContext EXACT = NumericEvalContext.apply(EvalMode.TRY(), false);

  /** Casts that are written as functions and would take some digits of a greater number. */
  private static final Map<String, DataType> CASTS =
      Map.of(
          "tinyint", DataTypes.ByteType,
          "smallint", DataTypes.ShortType,
          "int", DataTypes.IntegerType,
          "bigint", DataTypes.LongType);

  /** Functions that say by null that they cannot; their {@code try_} siblings mean it. */
  private static final Set<String> PARTIAL =
      Set.of(
          "mod",
          "round",
          "bround",
          "pmod",
          "decimal",
          "double",
          "float",
          "boolean",
          "date",
          "timestamp",
          "to_date",
          "to_timestamp",
          "to_number");

  /** Parses an expression that {@link Expressions#analyze} takes. */
  public static CheckedExpression of(String sql) {
    return SQLConf.withExistingConf(
        Expressions.CONF,
        () -> {
          Expression parsed = CatalystSqlParser$.MODULE$.parseExpression(sql);
          return new CheckedExpression(
              ExpressionUtils.column(exact(parsed)), failed(parsed).map(ExpressionUtils::column));
        });
  }

  private static Expression exact(Expression node) {
    List<Expression> parts = children(node).stream().map(CheckedExpression::exact).toList();
    Expression here = node.withNewChildren(CollectionConverters.asScala(parts).toSeq());
    if (here instanceof Add n) {
      return isLegacy(n.evalContext()) ? new Add(n.left(), n.right(), EXACT) : n;
    }
    if (here instanceof Subtract n) {
      return isLegacy(n.evalContext()) ? new Subtract(n.left(), n.right(), EXACT) : n;
    }
    if (here instanceof Multiply n) {
      return isLegacy(n.evalContext()) ? new Multiply(n.left(), n.right(), EXACT) : n;
    }
    if (here instanceof Divide n) {
      return isLegacy(n.evalContext()) ? new Divide(n.left(), n.right(), EXACT) : n;
    }
    if (here instanceof Cast cast && cast.evalMode().equals(EvalMode.LEGACY())) {
      return cast.copy(cast.child(), cast.dataType(), cast.timeZoneId(), EvalMode.TRY());
    }
    DataType type = CASTS.get(function(here));
    return type == null || parts.size() != 1
        ? here
        : new Cast(parts.get(0), type, scala.Option.empty(), EvalMode.TRY());
  }

  private static Optional<Expression> failed(Expression node) {
    if (node instanceof LambdaFunction) {
      return Optional.empty(); // its variables have no meaning outside of it
    }
    List<Expression> parts = children(node);
    if (node instanceof CaseWhen || function(node).equals("if")) {
      return chosen(parts);
    }
    Optional<Expression> inside =
        parts.stream().map(CheckedExpression::failed).reduce(Optional.empty(), either());
    if (!isPartial(node)) {
      return inside;
    }
    Expression here = new IsNull(exact(node));
    for (Expression part : parts) {
      here = new And(here, new IsNotNull(exact(part)));
    }
    return either().apply(inside, Optional.of(here));
  }

  /**
   * Only the branch that is taken counts.
   *
   * @param parts conditions and values in turn, then perhaps what holds otherwise
   */
  private static Optional<Expression> chosen(List<Expression> parts) {
    boolean odd = parts.size() % 2 == 1;
    Optional<Expression> failed = odd ? failed(parts.get(parts.size() - 1)) : Optional.empty();
    for (int i = parts.size() - (odd ? 3 : 2); i >= 0; i -= 2) {
      Optional<Expression> value = failed(parts.get(i + 1));
      if (value.isPresent() || failed.isPresent()) {
        Expression no = Literal.FalseLiteral();
        failed = Optional.of(new If(exact(parts.get(i)), value.orElse(no), failed.orElse(no)));
      }
      failed = either().apply(failed(parts.get(i)), failed);
    }
    return failed;
  }

  private static java.util.function.BinaryOperator<Optional<Expression>> either() {
    return (a, b) ->
        a.isPresent() && b.isPresent() ? Optional.of(new Or(a.get(), b.get())) : a.or(() -> b);
  }

  private static boolean isPartial(Expression node) {
    if (node instanceof Cast cast) {
      return cast.evalMode().equals(EvalMode.LEGACY());
    }
    return node instanceof Add
        || node instanceof Subtract
        || node instanceof Multiply
        || node instanceof Divide
        || node instanceof IntegralDivide
        || node instanceof Remainder
        || PARTIAL.contains(function(node))
        || CASTS.containsKey(function(node));
  }

  private static boolean isLegacy(NumericEvalContext context) {
    return context.evalMode().equals(EvalMode.LEGACY());
  }

  /** The name of a function in small letters; empty for what is none. */
  private static String function(Expression node) {
    return node instanceof UnresolvedFunction function
        ? String.join(".", CollectionConverters.asJava(function.nameParts()))
            .toLowerCase(Locale.ROOT)
        : "";
  }

  private static List<Expression> children(Expression node) {
    return CollectionConverters.asJava(node.children());
  }
}
