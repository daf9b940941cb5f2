package dev.loadstar.jdbc;

import dev.loadstar.core.type.ColumnType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Takes one column out of a row, as {@link RowSource#next()} says. Chosen once per column, so that
 * no row pays for looking at metadata.
 */
@FunctionalInterface
public interface ColumnReader {
  Object read(ResultSet row, int index) throws SQLException;

  /** What both engines' drivers understand alike. TIMESTAMP is read as a wall clock in UTC. */
  static ColumnReader of(ColumnType type) {
    if (type instanceof ColumnType.Decimal) {
      return ResultSet::getBigDecimal;
    }
    return switch ((ColumnType.Simple) type) {
      case TEXT -> ResultSet::getString;
      case BOOLEAN ->
          (row, i) -> {
            boolean value = row.getBoolean(i);
            return row.wasNull() ? null : value;
          };
      case INT ->
          (row, i) -> {
            int value = row.getInt(i);
            return row.wasNull() ? null : value;
          };
      case BIGINT ->
          (row, i) -> {
            long value = row.getLong(i);
            return row.wasNull() ? null : value;
          };
      case FLOAT ->
          (row, i) -> {
            float value = row.getFloat(i);
            return row.wasNull() ? null : value;
          };
      case DOUBLE ->
          (row, i) -> {
            double value = row.getDouble(i);
            return row.wasNull() ? null : value;
          };
      case DATE ->
          (row, i) -> {
            LocalDate date = row.getObject(i, LocalDate.class);
            return date == null ? null : Math.toIntExact(date.toEpochDay());
          };
      case TIMESTAMP, LOCAL_TIMESTAMP ->
          (row, i) -> {
            LocalDateTime time = row.getObject(i, LocalDateTime.class);
            return time == null ? null : micros(time);
          };
      case BINARY -> ResultSet::getBytes;
    };
  }

  /**
   * Microseconds since 1970-01-01T00:00.
   *
   * @throws ArithmeticException for times that do not fit
   */
  static long micros(LocalDateTime time) {
    long seconds = time.toEpochSecond(ZoneOffset.UTC);
    return Math.addExact(Math.multiplyExact(seconds, 1_000_000L), time.getNano() / 1_000);
  }
}
