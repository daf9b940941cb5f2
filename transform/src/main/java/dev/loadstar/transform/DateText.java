package dev.loadstar.transform;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Reads ISO dates and times. Written by hand because {@code java.time}'s formatters cost more than
 * everything else that happens to a row.
 */
final class DateText {
  private static final int DATE_LENGTH = 10;
  private static final int MAX_FRACTION = 9;

  private DateText() {}

  /**
   * {@code 2026-01-31}.
   *
   * @throws DateTimeException when it is something else
   */
  static LocalDate date(String text) {
    if (text.length() != DATE_LENGTH || text.charAt(4) != '-' || text.charAt(7) != '-') {
      throw new DateTimeException("not a date");
    }
    int year = number(text, 0, 4);
    if (year == 0) {
      throw new DateTimeException("no year 0");
    }
    return LocalDate.of(year, number(text, 5, 7), number(text, 8, 10));
  }

  /**
   * {@code 2026-01-31}, {@code 2026-01-31 10:00}, {@code 2026-01-31T10:00:00.123456+01:00} and what
   * is between; digits beyond microseconds are cut.
   *
   * @param zone of a wall clock reading without an offset; one that a clock change skipped moves
   *     forward by the gap, of two the earlier instant is taken
   * @return microseconds since 1970-01-01T00:00Z
   * @throws DateTimeException when it is something else
   */
  static long timestamp(String text, ZoneId zone) {
    if (text.length() < DATE_LENGTH) {
      throw new DateTimeException("not a timestamp");
    }
    LocalDate date = date(text.substring(0, DATE_LENGTH));
    if (text.length() == DATE_LENGTH) {
      return micros(date.atStartOfDay(zone).toInstant());
    }
    char separator = text.charAt(DATE_LENGTH);
    if (separator != 'T' && separator != 't' && separator != ' ') {
      throw new DateTimeException("not a timestamp");
    }
    int end = endOfTime(text);
    LocalDateTime wallClock = date.atTime(time(text, DATE_LENGTH + 1, end));
    String offset = text.substring(end).strip();
    return micros(
        offset.isEmpty()
            ? wallClock.atZone(zone).toInstant()
            : wallClock.toInstant(offset(offset)));
  }

  static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000L + instant.getNano() / 1000;
  }

  private static int endOfTime(String text) {
    int i = DATE_LENGTH + 1;
    while (i < text.length() && (isDigit(text.charAt(i)) || ":.,".indexOf(text.charAt(i)) >= 0)) {
      i++;
    }
    return i;
  }

  private static LocalTime time(String text, int from, int to) {
    int length = to - from;
    boolean minutes = length >= 5 && text.charAt(from + 2) == ':';
    if (!minutes || length == 6 || length == 7) {
      throw new DateTimeException("not a time");
    }
    int second = 0;
    int nano = 0;
    if (length > 5) {
      if (text.charAt(from + 5) != ':') {
        throw new DateTimeException("not a time");
      }
      second = number(text, from + 6, from + 8);
    }
    if (length > 8) {
      int digits = length - 9;
      char point = text.charAt(from + 8);
      if (point != '.' && point != ',' || digits < 1 || digits > MAX_FRACTION) {
        throw new DateTimeException("not a fraction");
      }
      nano = number(text, from + 9, to);
      for (int i = digits; i < MAX_FRACTION; i++) {
        nano *= 10;
      }
    }
    return LocalTime.of(
        number(text, from, from + 2), number(text, from + 3, from + 5), second, nano);
  }

  private static ZoneOffset offset(String text) {
    if (text.equalsIgnoreCase("Z") || text.equals("UTC")) {
      return ZoneOffset.UTC;
    }
    return ZoneOffset.of(text); // +1, +01, +01:00, +0100 and with seconds
  }

  private static int number(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(text.charAt(i))) {
        throw new DateTimeException("not a digit");
      }
      value = value * 10 + text.charAt(i) - '0';
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
