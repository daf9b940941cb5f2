package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Column;

/** What becomes of a line: one of these, or the reason for which it is rejected. */
final class LineOutcome {
  static final String FACT = "fact";

  /** Its header has not come. */
  static final String WAITING = "waiting";

  static final String CANCELLED = "cancelled";

  /** A fact that no line says any more. */
  static final String REMOVED = "removed";

  private LineOutcome() {}

  static boolean isRejected(String outcome) {
    return switch (outcome) {
      case FACT, WAITING, CANCELLED, REMOVED -> false;
      default -> true;
    };
  }

  static Column isRejected() {
    return is(FACT, WAITING, CANCELLED, REMOVED).equalTo(false);
  }

  static Column is(Object... outcomes) {
    return col("_outcome").isin(outcomes);
  }
}
