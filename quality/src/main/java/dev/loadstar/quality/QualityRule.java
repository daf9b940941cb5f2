package dev.loadstar.quality;

import dev.loadstar.core.quality.QualityResult.Severity;
import dev.loadstar.core.yaml.Location;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One rule as written.
 *
 * @param subject table or entity
 * @param name how a report calls it
 * @param where SQL condition that picks the rows it is about
 * @param allow share of those rows that may fail, from 0 to 1
 */
record QualityRule(
    String subject,
    String name,
    Severity severity,
    Optional<String> where,
    BigDecimal allow,
    Check check,
    Location location) {

  /** What is checked. */
  sealed interface Check {}

  record NotNull(String column) implements Check {}

  record Unique(List<String> columns) implements Check {}

  record AcceptedValues(String column, List<String> values) implements Check {}

  /** Every value that is not null stands in a column of another table. */
  record Relationship(String column, String table, String targetColumn) implements Check {}

  record RowCount(Comparison comparison) implements Check {}

  /** A condition that no row may make false; unknown passes, as in SQL's CHECK. */
  record Expression(String condition) implements Check {}

  /** At most this share of rows refers to the unknown member. */
  record UnknownMembers(String dimension, BigDecimal share) implements Check {}

  record Reconcile(
      String measure, String with, String of, Optional<String> ofWhere, BigDecimal tolerance)
      implements Check {}

  /** A query that must find nothing. */
  record NoRows(String query) implements Check {}

  /** {@code >= 100}. */
  record Comparison(String operator, BigDecimal bound) {
    boolean holds(BigDecimal figure) {
      int order = figure.compareTo(bound);
      return switch (operator) {
        case ">=" -> order >= 0;
        case ">" -> order > 0;
        case "<=" -> order <= 0;
        case "<" -> order < 0;
        case "=" -> order == 0;
        default -> order != 0;
      };
    }
  }

  /** What it asks of single rows: expression to the subject whose rows these are. */
  Map<String, String> rowExpressions() {
    Map<String, String> expressions = new LinkedHashMap<>();
    where.ifPresent(condition -> expressions.put(condition, subject));
    if (check instanceof NotNull c) {
      expressions.put(c.column(), subject);
    } else if (check instanceof Unique c) {
      c.columns().forEach(column -> expressions.put(column, subject));
    } else if (check instanceof AcceptedValues c) {
      expressions.put(c.column(), subject);
    } else if (check instanceof Expression c) {
      expressions.put(c.condition(), subject);
    } else if (check instanceof UnknownMembers c) {
      expressions.put(c.dimension() + "_key", subject);
    } else if (check instanceof Relationship c) {
      expressions.put(c.column(), subject);
    }
    return expressions;
  }
}
