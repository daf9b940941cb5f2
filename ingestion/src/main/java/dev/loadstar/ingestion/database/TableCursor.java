package dev.loadstar.ingestion.database;

import dev.loadstar.core.row.ValueBuffer;
import dev.loadstar.core.type.CanonicalText;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The column that tells new and changed rows from known ones. Immutable. */
record TableCursor(Column column) implements Serializable {
  private static final long serialVersionUID = 1L;

  static boolean fits(ColumnType type) {
    return isTemporal(type) || isWholeNumber(type);
  }

  private static boolean isTemporal(ColumnType type) {
    return type == Simple.TIMESTAMP || type == Simple.LOCAL_TIMESTAMP || type == Simple.DATE;
  }

  private static boolean isWholeNumber(ColumnType type) {
    return type == Simple.INT
        || type == Simple.BIGINT
        || (type instanceof ColumnType.Decimal decimal && decimal.scale() == 0);
  }

  boolean isTemporal() {
    return isTemporal(column.type());
  }

  /** A value as the bookmark keeps it. */
  String text(Object value) {
    return CanonicalText.of(value, column.type());
  }

  /** The latest value of a batch's column; null when no row has one. */
  Object latest(ValueBuffer values) {
    return ValueBuffer.isNumber(column.type()) ? latestNumber(values) : latestDecimal(values);
  }

  private Object latestNumber(ValueBuffer values) {
    long latest = Long.MIN_VALUE;
    for (int row = 0; row < values.rows(); row++) {
      if (values.number(row) > latest && !values.isNull(row)) {
        latest = values.number(row);
      }
    }
    if (values.nullRows() == values.rows()) {
      return null;
    }
    if (column.type() instanceof ColumnType.Decimal) {
      return BigDecimal.valueOf(latest);
    }
    boolean isInt = column.type() == Simple.INT || column.type() == Simple.DATE;
    return isInt ? (Object) (int) latest : (Object) latest;
  }

  private static Object latestDecimal(ValueBuffer values) {
    BigInteger latest = null;
    for (int row = 0; row < values.rows(); row++) {
      if (!values.isNull(row)) {
        BigInteger value = new BigInteger(values.bytes(), values.start(row), values.length(row));
        latest = latest == null ? value : latest.max(value);
      }
    }
    return latest == null ? null : new BigDecimal(latest);
  }

  /** The later of two values as rows hold them; either may be null. */
  Object later(Object one, Object other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return compare(one, other) >= 0 ? one : other;
  }

  @SuppressWarnings("unchecked") // both come from one column, so they are of one class
  private static int compare(Object one, Object other) {
    return ((Comparable<Object>) one).compareTo(other);
  }

  /** The later of two bookmarks; the first may be empty. */
  String laterText(String one, String other) {
    return one.isEmpty() || key(other).compareTo(key(one)) > 0 ? other : one;
  }

  private BigDecimal key(String text) {
    if (!isTemporal()) {
      return new BigDecimal(text);
    }
    LocalDateTime time = time(text);
    return BigDecimal.valueOf(time.toEpochSecond(ZoneOffset.UTC), 0)
        .add(BigDecimal.valueOf(time.getNano(), 9));
  }

  /**
   * What to bind for a bookmark. Sessions run in UTC, so an instant is bound as its wall clock
   * there.
   */
  Serializable bind(String bookmark, Duration before) {
    if (!isTemporal()) { // of the column's own kind, or PostgreSQL would not use an index
      BigDecimal number = new BigDecimal(bookmark);
      return column.type() instanceof ColumnType.Decimal ? number : number.longValueExact();
    }
    LocalDateTime time = time(bookmark).minus(before);
    return column.type() == Simple.DATE ? time.toLocalDate() : time;
  }

  private LocalDateTime time(String text) {
    if (column.type() == Simple.DATE) {
      return LocalDate.parse(text).atStartOfDay();
    }
    return column.type() == Simple.TIMESTAMP
        ? LocalDateTime.ofInstant(Instant.parse(text), ZoneOffset.UTC)
        : LocalDateTime.parse(text);
  }

  /** What to bind for the end of a business date; the zone is that of the source's wall clocks. */
  Serializable end(Instant end, LocalDate date, ZoneId zone) {
    if (column.type() == Simple.DATE) {
      return date.plusDays(1);
    }
    return LocalDateTime.ofInstant(end, column.type() == Simple.TIMESTAMP ? ZoneOffset.UTC : zone);
  }

  /** A day goes on filling after it was read, so it is read again; a moment does not. */
  String comparison() {
    return column.type() == Simple.DATE ? " >= ?" : " > ?";
  }
}
