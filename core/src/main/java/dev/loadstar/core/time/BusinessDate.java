package dev.loadstar.core.time;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The day that a run is for, in the project's time zone. Always passed in, never read from a clock.
 */
public record BusinessDate(LocalDate date, ZoneId zone) implements Serializable {
  /** The first instant of the day. */
  public Instant start() {
    return date.atStartOfDay(zone).toInstant();
  }

  /** The first instant of the next day: the day is half open. */
  public Instant end() {
    return date.plusDays(1).atStartOfDay(zone).toInstant();
  }

  @Override
  public String toString() {
    return date.toString();
  }
}
