package dev.loadstar.jdbc.postgresql;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.chrono.IsoEra;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Iterator;
import java.util.List;

/** Puts parameters into a query, since {@code COPY} takes none. */
final class Literals {
  private static final DateTimeFormatter DAY =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR_OF_ERA, 4, 10, SignStyle.NEVER)
          .appendPattern("-MM-dd")
          .toFormatter();
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().append(DAY).appendPattern(" HH:mm:ss.SSSSSS").toFormatter();

  private Literals() {}

  /**
   * @param sql a question mark per parameter; within quotes it is none
   */
  static String in(String sql, List<Object> binds) {
    StringBuilder filled = new StringBuilder();
    Iterator<Object> next = binds.iterator();
    char quote = 0;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      }
      if (c == '?' && quote == 0) {
        filled.append(literal(next.next()));
      } else {
        filled.append(c);
      }
    }
    if (next.hasNext()) {
      throw new IllegalArgumentException("more parameters than question marks");
    }
    return filled.toString();
  }

  /** Without a type, so that it takes that of what it is compared with and indexes count. */
  private static String literal(Object bind) {
    if (bind instanceof LocalDateTime time) {
      return quoted(TIME.format(time), time.toLocalDate());
    }
    if (bind instanceof LocalDate date) {
      return quoted(DAY.format(date), date);
    }
    if (bind instanceof Long || bind instanceof Integer) {
      return bind.toString();
    }
    if (bind instanceof BigDecimal number) {
      return number.toPlainString();
    }
    throw new IllegalArgumentException("no literal for a " + bind.getClass().getSimpleName());
  }

  private static String quoted(String text, LocalDate date) {
    return "'" + text + (date.getEra() == IsoEra.BCE ? " BC'" : "'");
  }
}
