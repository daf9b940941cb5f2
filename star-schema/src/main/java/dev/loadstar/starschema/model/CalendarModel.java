package dev.loadstar.starschema.model;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.Optional;

/**
 * A dimension of days, {@code dim_<name>} with key {@code <name>_key} as {@code yyyymmdd}.
 *
 * @param from its first day
 * @param to its last day; else 31 December, {@code yearsAhead} years after the business date's
 */
public record CalendarModel(
    String name,
    LocalDate from,
    Optional<LocalDate> to,
    int yearsAhead,
    DayOfWeek weekStarts,
    Month fiscalYearStarts) {
  public String table() {
    return "dim_" + name;
  }

  public String surrogateKey() {
    return name + "_key";
  }

  public LocalDate last(LocalDate businessDate) {
    return to.orElseGet(() -> LocalDate.of(businessDate.getYear() + yearsAhead, 12, 31));
  }
}
