package dev.loadstar.quality;

import dev.loadstar.core.yaml.YamlScalar;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.parser.ParseException;

/** Checks SQL in YAML with Spark's own parser, which needs no session. */
final class Sql {
  private Sql() {}

  /** Adds a problem unless the text is an expression. */
  static boolean sound(YamlScalar scalar) {
    if (parses(() -> CatalystSqlParser$.MODULE$.parseExpression(scalar.text()))) {
      return true;
    }
    scalar.problem("is no Spark SQL expression: \"" + scalar.text() + "\"; correct it");
    return false;
  }

  /** Adds a problem unless the text is a query. */
  static boolean soundQuery(YamlScalar scalar) {
    if (parses(() -> CatalystSqlParser$.MODULE$.parseQuery(scalar.text()))) {
      return true;
    }
    scalar.problem("is no Spark SQL query; correct it, it must begin with SELECT or WITH");
    return false;
  }

  private static boolean parses(Runnable parse) {
    try {
      parse.run();
      return true;
    } catch (Exception e) { // Scala throws the checked exception without declaring it
      if (e instanceof ParseException) {
        return false;
      }
      throw e;
    }
  }
}
