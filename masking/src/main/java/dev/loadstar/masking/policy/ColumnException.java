package dev.loadstar.masking.policy;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Another rule for one column.
 *
 * @param when a Spark SQL condition over the entity's clear columns; null counts as true
 * @param effectiveFrom first business date on which it counts; before it the class's rule does
 * @param reason why, for the steward's colleagues
 */
public record ColumnException(
    MaskingRule rule, Optional<String> when, Optional<LocalDate> effectiveFrom, String reason) {
  public boolean effectiveOn(LocalDate businessDate) {
    return effectiveFrom.filter(businessDate::isBefore).isEmpty();
  }
}
