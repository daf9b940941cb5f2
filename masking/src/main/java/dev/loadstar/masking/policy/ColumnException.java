package dev.loadstar.masking.policy;

import dev.loadstar.core.yaml.Location;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Another rule for one column.
 *
 * @param when a Spark SQL condition over the entity's clear columns; null counts as true
 * @param effectiveFrom first business date on which it counts; before it the class's rule does
 * @param reason why, for the steward's colleagues
 * @param location of the condition, or of the exception when it has none
 */
public record ColumnException(
    MaskingRule rule,
    Optional<String> when,
    Optional<LocalDate> effectiveFrom,
    String reason,
    Location location) {
  public boolean effectiveOn(LocalDate businessDate) {
    return effectiveFrom.filter(businessDate::isBefore).isEmpty();
  }
}
