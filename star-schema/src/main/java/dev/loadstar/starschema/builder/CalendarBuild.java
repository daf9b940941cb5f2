package dev.loadstar.starschema.builder;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.starschema.model.CalendarModel;
import dev.loadstar.starschema.model.Definition;
import dev.loadstar.tables.ColumnRole;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.spark.SparkTypes;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The rows of a calendar. Bounded: one a day. */
final class CalendarBuild {
  private static final int UNKNOWN = -1;
  private static final int NOT_APPLICABLE = -2;

  private CalendarBuild() {}

  static TableShape shape(CalendarModel calendar, LocalDate last) {
    List<TableColumn> columns = new ArrayList<>();
    columns.add(TableColumn.of(calendar.surrogateKey(), Simple.BIGINT, ColumnRole.KEY));
    attribute(columns, "date", Simple.DATE);
    attribute(columns, "year", Simple.INT);
    attribute(columns, "quarter", Simple.INT);
    attribute(columns, "month", Simple.INT);
    attribute(columns, "month_name", Simple.TEXT);
    attribute(columns, "week_of_year", Simple.INT);
    attribute(columns, "day_of_month", Simple.INT);
    attribute(columns, "day_of_week", Simple.INT);
    attribute(columns, "day_name", Simple.TEXT);
    attribute(columns, "is_weekend", Simple.BOOLEAN);
    attribute(columns, "fiscal_year", Simple.INT);
    attribute(columns, "fiscal_quarter", Simple.INT);
    return new TableShape(
        calendar.table(),
        TableShape.Kind.DIMENSION,
        columns,
        List.of(calendar.surrogateKey()),
        fingerprint(calendar, last));
  }

  private static String fingerprint(CalendarModel calendar, LocalDate last) {
    return Definition.of(calendar, last).text();
  }

  static String fingerprint(CalendarModel calendar, Commit head, LocalDate businessDate) {
    return fingerprint(calendar, last(calendar, Optional.of(head), businessDate));
  }

  /** The calendar's last day; a run for an old date takes no days away. */
  static LocalDate last(CalendarModel calendar, Optional<Commit> head, LocalDate businessDate) {
    LocalDate wanted = calendar.last(businessDate);
    return head.map(h -> h.tables().get(calendar.table()))
        .flatMap(table -> lastOf(calendar, table))
        .filter(known -> known.isAfter(wanted))
        .orElse(wanted);
  }

  /** Empty when the table was made by another definition. */
  private static Optional<LocalDate> lastOf(CalendarModel calendar, Table table) {
    LocalDate last = calendar.from().plusDays(table.rows() - 3); // two rows are no days
    return Optional.of(last)
        .filter(day -> fingerprint(calendar, day).equals(table.shape().definition()));
  }

  private static void attribute(List<TableColumn> columns, String name, ColumnType type) {
    columns.add(TableColumn.of(name, type, ColumnRole.ATTRIBUTE));
  }

  static long key(LocalDate date) {
    return date.getYear() * 10_000L + date.getMonthValue() * 100L + date.getDayOfMonth();
  }

  /** The schema of {@link #rows}: that of the files, but for the date as days since 1970. */
  static StructType encodedSchema(TableShape shape) {
    StructType schema = new StructType();
    for (StructField field : SparkTypes.schema(shape.plainColumns()).fields()) {
      boolean date = field.dataType().equals(DataTypes.DateType);
      schema = schema.add(field.name(), date ? DataTypes.IntegerType : field.dataType());
    }
    return schema;
  }

  /** One array a row in the shape's order, DATE as days since 1970. */
  static List<Object[]> rows(CalendarModel calendar, LocalDate last) {
    List<Object[]> rows = new ArrayList<>();
    rows.add(special(UNKNOWN, "Unknown"));
    rows.add(special(NOT_APPLICABLE, "Not applicable"));
    for (LocalDate day = calendar.from(); !day.isAfter(last); day = day.plusDays(1)) {
      rows.add(row(calendar, day));
    }
    return rows;
  }

  private static Object[] special(long key, String name) {
    return new Object[] {
      key, null, null, null, null, name, null, null, null, name, null, null, null
    };
  }

  private static Object[] row(CalendarModel calendar, LocalDate day) {
    int weekday =
        Math.floorMod(day.getDayOfWeek().getValue() - calendar.weekStarts().getValue(), 7);
    WeekFields weeks = WeekFields.of(calendar.weekStarts(), 4); // as ISO 8601 counts for Monday
    LocalDate fiscal = day.minusMonths(calendar.fiscalYearStarts().getValue() - 1L);
    boolean calendarYear = calendar.fiscalYearStarts().getValue() == 1;
    return new Object[] {
      key(day),
      Math.toIntExact(day.toEpochDay()),
      day.getYear(),
      day.get(IsoFields.QUARTER_OF_YEAR),
      day.getMonthValue(),
      day.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH),
      day.get(weeks.weekOfWeekBasedYear()),
      day.getDayOfMonth(),
      weekday + 1,
      day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH),
      day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY,
      calendarYear ? day.getYear() : fiscal.getYear() + 1, // named after the year it ends in
      fiscal.get(IsoFields.QUARTER_OF_YEAR)
    };
  }
}
