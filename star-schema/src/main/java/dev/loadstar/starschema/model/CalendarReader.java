package dev.loadstar.starschema.model;

import dev.loadstar.core.yaml.YamlMap;
import dev.loadstar.core.yaml.YamlScalar;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads a {@code calendar}. */
final class CalendarReader {
  private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2299, 12, 31);
  private static final int YEARS_AHEAD = 2;
  private static final Map<String, DayOfWeek> DAYS = words(DayOfWeek.values());
  private static final Map<String, Month> MONTHS = words(Month.values());

  private CalendarReader() {}

  static Optional<CalendarModel> read(String name, YamlMap map) {
    Optional<LocalDate> from = map.requireScalar("from").flatMap(CalendarReader::date);
    Optional<LocalDate> to = map.scalar("to").flatMap(CalendarReader::date);
    if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
      map.problem("to", "the calendar ends before it begins; give a later \"to\"");
    }
    if (map.has("to") && map.has("years_ahead")) {
      map.problem("years_ahead", "has no effect beside \"to\"; remove one");
    }
    int yearsAhead = map.scalar("years_ahead").flatMap(s -> s.integer(0, 100)).orElse(YEARS_AHEAD);
    DayOfWeek week = map.scalar("week_starts").flatMap(s -> s.oneOf(DAYS)).orElse(DayOfWeek.MONDAY);
    Month year =
        map.scalar("fiscal_year_starts").flatMap(s -> s.oneOf(MONTHS)).orElse(Month.JANUARY);
    map.refuseOthers();
    return from.map(first -> new CalendarModel(name, first, to, yearsAhead, week, year));
  }

  private static Optional<LocalDate> date(YamlScalar scalar) {
    return scalar
        .date()
        .filter(
            day -> {
              boolean within = !day.isBefore(FIRST) && !day.isAfter(LAST);
              if (!within) {
                scalar.problem("expected a date from %s to %s; correct it".formatted(FIRST, LAST));
              }
              return within;
            });
  }

  private static <E extends Enum<E>> Map<String, E> words(E[] values) {
    Map<String, E> words = new LinkedHashMap<>();
    Arrays.stream(values).forEach(v -> words.put(v.name().toLowerCase(Locale.ROOT), v));
    return words;
  }
}
