package dev.loadstar.quality;

import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Measures that are what each row gives, added up: {@code sum(x)} and {@code count(*)}. A minimum,
 * a distinct count or a quotient is none, nor is a sum of floating point numbers, which depends on
 * their order.
 */
final class AddedUp {
  private AddedUp() {}

  /** The measure over the rows of which something holds; empty when it is no such measure. */
  static Optional<Column> of(String measure, Column about) {
    Optional<UnresolvedFunction> call = call(measure);
    if (call.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        name(call.get()).equals("count")
            ? count_if(about)
            : sum(when(about, expr(summand(measure)))));
  }

  /** What each row gives, as it is written. */
  static String summand(String measure) {
    boolean sums = call(measure).filter(call -> name(call).equals("sum")).isPresent();
    return sums ? measure.substring(measure.indexOf('(') + 1, measure.lastIndexOf(')')) : "1";
  }

  static boolean isExact(DataType type) {
    return type instanceof DecimalType || type instanceof IntegralType;
  }

  private static Optional<UnresolvedFunction> call(String measure) {
    Expression parsed = CatalystSqlParser$.MODULE$.parseExpression(measure);
    if (!(parsed instanceof UnresolvedFunction call)
        || call.isDistinct()
        || call.filter().isDefined()
        || call.arguments().size() != 1) {
      return Optional.empty();
    }
    boolean ofRows = call.arguments().head() instanceof Literal; // count(*) is parsed as count(1)
    return switch (name(call)) {
      case "sum" -> Optional.of(call);
      case "count" -> ofRows ? Optional.of(call) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static String name(UnresolvedFunction call) {
    return String.join(".", CollectionConverters.asJava(call.nameParts())).toLowerCase(Locale.ROOT);
  }
}
