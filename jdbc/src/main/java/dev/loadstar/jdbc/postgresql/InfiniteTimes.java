package dev.loadstar.jdbc.postgresql;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.jdbc.ColumnReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Reads dates and times, {@code infinity} as the end of the integer that it is kept in, as
 * PostgreSQL itself keeps it. So one such row does not end the reading of its table: whoever gives
 * values their types rejects it, and it alone.
 */
final class InfiniteTimes {
  /** Drivers deliver infinity as a year far beyond any that the server knows. */
  private static final int LAST_YEAR_OF_DATES = 5_874_897;

  /** PostgreSQL counts from 2000 and gets 30 years farther than microseconds since 1970 do. */
  private static final int LAST_YEAR_OF_TIMES = 294_246;

  private InfiniteTimes() {}

  static ColumnReader reader(ColumnType type) {
    if (type == Simple.DATE) {
      return InfiniteTimes::date;
    }
    if (type == Simple.TIMESTAMP) {
      return InfiniteTimes::instant;
    }
    return type == Simple.LOCAL_TIMESTAMP ? InfiniteTimes::wallClock : ColumnReader.of(type);
  }

  private static Object date(ResultSet row, int index) throws SQLException {
    LocalDate date = row.getObject(index, LocalDate.class);
    if (date == null) {
      return null;
    }
    if (Math.abs(date.getYear()) > LAST_YEAR_OF_DATES) {
      return date.getYear() > 0 ? Integer.MAX_VALUE : Integer.MIN_VALUE;
    }
    return Math.toIntExact(date.toEpochDay());
  }

  private static Object instant(ResultSet row, int index) throws SQLException {
    OffsetDateTime time = row.getObject(index, OffsetDateTime.class);
    if (time == null) {
      return null;
    }
    return isCountable(time.getYear())
        ? (Object) micros(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime())
        : end(time.getYear());
  }

  private static Object wallClock(ResultSet row, int index) throws SQLException {
    LocalDateTime time = row.getObject(index, LocalDateTime.class);
    return time == null ? null : micros(time);
  }

  private static long micros(LocalDateTime time) {
    return isCountable(time.getYear()) ? ColumnReader.micros(time) : end(time.getYear());
  }

  private static boolean isCountable(int year) {
    return Math.abs(year) <= LAST_YEAR_OF_TIMES;
  }

  private static long end(int year) {
    return year > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
  }
}
