package dev.loadstar.demo.shop;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What all rows are made from: seed, scale, calendar, marker.
 *
 * <p>All times of a day lie between 06:00 and 21:00 UTC, which is the same day in Europe.
 */
record World(Dice dice, int scale, LocalDate firstDay, Optional<String> marker) {
  LocalDate date(int day) {
    return firstDay.plusDays(day - 1L);
  }

  /** A time within a day, by chance. */
  Instant time(int day, long id, long what) {
    long second = 6 * 3600 + dice.roll(15 * 3600, Dice.For.TIME, id, day * 64L + what);
    return at(day, second);
  }

  Instant at(int day, long second) {
    return date(day).atStartOfDay().plusSeconds(second).toInstant(ZoneOffset.UTC);
  }

  /** A personal value, behind the marker if there is one: partial masking shows only its end. */
  String personal(String value) {
    return marker.map(m -> m + " " + value).orElse(value);
  }
}
