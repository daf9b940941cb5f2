package dev.loadstar.starschema.expression;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.SparkThrowable;

/** Says in plain words what Spark's analyzer found; its own words speak of its insides. */
final class AnalyzerWords {
  private static final Pattern QUOTES = Pattern.compile("[`\"]");

  private AnalyzerWords() {}

  static String of(SparkThrowable thrown, Scope scope) {
    String condition = String.valueOf(thrown.getCondition());
    Map<String, String> told = thrown.getMessageParameters();
    if (condition.startsWith("UNRESOLVED_COLUMN")) {
      return scope.unknown(plain(told.getOrDefault("objectName", "")));
    }
    if (condition.startsWith("UNRESOLVED_ROUTINE")) {
      return WrittenNames.unknownFunction(plain(told.getOrDefault("routineName", "")));
    }
    if (condition.startsWith("WRONG_NUM_ARGS")) {
      return "\"%s\" takes %s, found %s; correct it"
          .formatted(
              plain(told.getOrDefault("functionName", "")),
              arguments(told.getOrDefault("expectedNum", "other")),
              told.getOrDefault("actualNum", "others"));
    }
    if (condition.equals("DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE")) {
      return "%s takes %s there, found %s %s; correct it"
          .formatted(
              call(told),
              types(told.getOrDefault("requiredType", "")),
              plain(told.getOrDefault("inputSql", "")),
              "of type " + types(told.getOrDefault("inputType", "")));
    }
    if (condition.equals("DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES")) {
      return "%s combines %s with %s, expected one type; cast one of them"
          .formatted(
              call(told),
              types(told.getOrDefault("left", "")),
              types(told.getOrDefault("right", "")));
    }
    if (condition.equals("DATATYPE_MISMATCH.BINARY_OP_WRONG_TYPE")) {
      return "%s takes %s, found %s; correct it"
          .formatted(
              call(told),
              types(told.getOrDefault("inputType", "")),
              types(told.getOrDefault("actualDataType", "")));
    }
    if (condition.startsWith("DATATYPE_MISMATCH")) {
      return call(told) + " has arguments whose types do not fit; correct it";
    }
    if (condition.startsWith("PARSE") || condition.startsWith("INVALID_SQL_SYNTAX")) {
      return "is no Spark SQL expression; correct it";
    }
    return "cannot be evaluated over one row; correct it";
  }

  private static String arguments(String number) {
    return number.equals("1") ? "1 argument" : number + " arguments";
  }

  private static String call(Map<String, String> told) {
    return "\"" + plain(told.getOrDefault("sqlExpr", "it")) + "\"";
  }

  private static String types(String spark) {
    return plain(spark).toLowerCase(Locale.ROOT).replaceAll("\\bstring\\b", "text");
  }

  private static String plain(String quoted) {
    return QUOTES.matcher(quoted).replaceAll("");
  }
}
