package dev.loadstar.tables.spark;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.CurrentCatalog;
import org.apache.spark.sql.catalyst.expressions.CurrentDatabase;
import org.apache.spark.sql.catalyst.expressions.CurrentDate;
import org.apache.spark.sql.catalyst.expressions.CurrentTime;
import org.apache.spark.sql.catalyst.expressions.CurrentTimestampLike;
import org.apache.spark.sql.catalyst.expressions.CurrentUser;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.LocalTimestamp;
import org.apache.spark.sql.catalyst.expressions.Nondeterministic;
import org.apache.spark.sql.catalyst.expressions.ParseToDate;
import org.apache.spark.sql.catalyst.expressions.ParseToTimestamp;
import org.apache.spark.sql.catalyst.expressions.SparkVersion;
import org.apache.spark.sql.types.DatetimeType;
import org.apache.spark.sql.types.StringType;
import scala.jdk.javaapi.CollectionConverters;

/** Whether an expression gives the same value whenever it is asked. */
public final class Repeatability {
  /** Text that becomes the time of the call once it is read as a date or time. */
  private static final Set<String> MOVING = Set.of("now", "today", "tomorrow", "yesterday");

  /** The parser itself puts the time of the call in the place of these. */
  private static final Pattern MOVING_LITERAL =
      Pattern.compile(
          "\\b(date|timestamp|timestamp_ltz|timestamp_ntz)\\s*'\\s*(now|today|tomorrow|yesterday)\\s*'",
          Pattern.CASE_INSENSITIVE);

  private Repeatability() {}

  /** What changes from call to call while the text is parsed, if anything. */
  public static Optional<String> problem(String sql) {
    return MOVING_LITERAL.matcher(sql).find()
        ? Optional.of(refusal("the time of the call"))
        : Optional.empty();
  }

  /** What would change from call to call, if anything. */
  public static Optional<String> problem(Expression resolved) {
    Optional<Expression> changing = nodes(resolved).filter(Repeatability::changes).findFirst();
    if (changing.isPresent()) {
      return Optional.of(refusal("\"" + changing.get().prettyName() + "\""));
    }
    if (nodes(resolved).anyMatch(Repeatability::isMovingDate)) {
      return Optional.of(refusal("the time of the call"));
    }
    return resolved.deterministic() ? Optional.empty() : Optional.of(refusal("it"));
  }

  private static Stream<Expression> nodes(Expression expression) {
    return Stream.concat(
        Stream.of(expression),
        CollectionConverters.asJava(expression.children()).stream().flatMap(Repeatability::nodes));
  }

  private static String refusal(String what) {
    return what
        + " is another value each time, but a rebuild must give the same rows; use a column"
        + " instead";
  }

  private static boolean changes(Expression node) {
    return node instanceof Nondeterministic
        || node instanceof CurrentTimestampLike
        || node instanceof CurrentDate
        || node instanceof CurrentTime
        || node instanceof LocalTimestamp
        || node instanceof CurrentUser
        || node instanceof CurrentDatabase
        || node instanceof CurrentCatalog
        || node instanceof SparkVersion;
  }

  private static boolean isMovingDate(Expression node) {
    boolean reads =
        node instanceof ParseToDate
            || node instanceof ParseToTimestamp
            || (node instanceof Cast cast && cast.dataType() instanceof DatetimeType);
    return reads && node.children().exists(Repeatability::isMovingText);
  }

  private static boolean isMovingText(Expression node) {
    return node instanceof Literal literal
        && literal.dataType() instanceof StringType
        && literal.value() != null
        && MOVING.contains(literal.value().toString().strip().toLowerCase(Locale.ROOT));
  }
}
