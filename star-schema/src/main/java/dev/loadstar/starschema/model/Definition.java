package dev.loadstar.starschema.model;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.starschema.model.DimensionModel.Enrichment;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a table is built by, in a written form that a lake keeps: {@code name: value}, a line each,
 * the form's version first. Two tables of equal definitions need no building again. A line's name
 * never changes its meaning within a version.
 *
 * <p>What an older release kept may have no lines; it equals nothing.
 */
public record Definition(Map<String, String> lines) {
  private static final String VERSION = "version";
  private static final String SEPARATOR = ": ";
  private static final String BINDS = " binds ";

  public Definition {
    lines = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(lines));
  }

  /** The definition behind a table's written one; without lines when it is of an older form. */
  public static Definition parse(String text) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (String line : text.split("\n")) {
      int at = line.indexOf(SEPARATOR);
      if (at > 0) {
        lines.put(line.substring(0, at), line.substring(at + SEPARATOR.length()));
      }
    }
    return new Definition("1".equals(lines.get(VERSION)) ? lines : Map.of());
  }

  public static Definition of(DimensionModel model) {
    Map<String, String> lines = begin();
    lines.put("from", model.from().toString());
    lines.put("key", String.join(", ", model.key()));
    model.effectiveAt().ifPresent(column -> lines.put("effective_at", column));
    lines.put("type_1", String.join(", ", model.type1()));
    lines.put("type_2", String.join(", ", model.type2()));
    model.columns().forEach((column, sql) -> lines.put("column " + column, oneLine(sql)));
    model.deletedWhen().ifPresent(sql -> lines.put("deleted_when", oneLine(sql)));
    lines.put("on_delete", model.onDelete().name().toLowerCase(Locale.ROOT));
    for (Enrichment enrichment : model.enrichments()) {
      lines.put(
          "enrich " + enrichment.entity(),
          enrichment.by() + " -> " + String.join(", ", enrichment.columns()));
    }
    return new Definition(lines);
  }

  public static Definition of(FactModel model) {
    Map<String, String> lines = begin();
    types(lines, "grain ", model.grain());
    lines.put("event_time", model.eventTime());
    model
        .dimensions()
        .forEach((role, use) -> lines.put("role " + role, use.dimension() + " by " + use.column()));
    for (FactModel.Measure measure : model.measures()) {
      lines.put(
          "measure " + measure.name(),
          measure.type().text() + measure.expression().map(sql -> " = " + oneLine(sql)).orElse(""));
    }
    types(lines, "attribute ", model.attributes());
    for (FactFeedModel feed : model.feeds()) {
      String name = "feed " + feed.lines();
      lines.put(name, feed.header().map(h -> "header " + h.entity() + " by " + h.by()).orElse("-"));
      feed.set().forEach((column, value) -> lines.put(name + " set " + column, oneLine(value)));
      feed.columns().forEach((column, sql) -> lines.put(name + " column " + column, oneLine(sql)));
      feed.cancelledWhen().ifPresent(sql -> lines.put(name + " cancelled_when", oneLine(sql)));
    }
    return new Definition(lines);
  }

  /**
   * @param last the calendar's last day, which may depend on the run
   */
  public static Definition of(CalendarModel model, LocalDate last) {
    Map<String, String> lines = begin();
    lines.put("from", model.from().toString());
    lines.put("to", last.toString());
    lines.put("week_starts", model.weekStarts().name());
    lines.put("fiscal_year_starts", model.fiscalYearStarts().name());
    return new Definition(lines);
  }

  private static Map<String, String> begin() {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put(VERSION, "1");
    return lines;
  }

  private static void types(
      Map<String, String> lines, String prefix, Map<String, ColumnType> types) {
    types.forEach((column, type) -> lines.put(prefix + column, type.text()));
  }

  private static String oneLine(String text) {
    return text.strip().replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  public Optional<String> line(String name) {
    return Optional.ofNullable(lines.get(name));
  }

  /** What stands behind a prefix in the names of lines, up to the next space. */
  public Set<String> named(String prefix) {
    return lines.keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .map(name -> name.contains(" ") ? name.substring(0, name.indexOf(' ')) : name)
        .collect(Collectors.toCollection(java.util.TreeSet::new));
  }

  /** The entities that a fact of this definition was built from. */
  public List<EntityName> feeds() {
    return named("feed ").stream().map(EntityName::parse).toList();
  }

  /** Whose columns a feed's names are, by column, as {@link #binding} put them here. */
  public Map<String, String> bindings(EntityName feed) {
    String prefix = "feed " + feed + BINDS;
    Map<String, String> owners = new LinkedHashMap<>();
    lines.forEach(
        (name, owner) -> {
          if (name.startsWith(prefix)) {
            owners.put(name.substring(prefix.length()), owner);
          }
        });
    return owners;
  }

  /** With a line for each name of a feed. */
  public Definition binding(EntityName feed, Map<String, String> owners) {
    Map<String, String> all = new LinkedHashMap<>(lines);
    owners.forEach((column, owner) -> all.put("feed " + feed + BINDS + column, owner));
    return new Definition(all);
  }

  /**
   * Whether a table was built by this definition. What its names were bound to is no part of it.
   *
   * @param written a table's
   */
  public boolean describes(String written) {
    Map<String, String> unbound = new LinkedHashMap<>(parse(written).lines());
    unbound.keySet().removeIf(name -> name.startsWith("feed ") && name.contains(BINDS));
    return new Definition(unbound).text().equals(text());
  }

  /** The written form. */
  public String text() {
    return lines.entrySet().stream()
        .map(line -> line.getKey() + SEPARATOR + line.getValue())
        .collect(Collectors.joining("\n"));
  }

  @Override
  public String toString() {
    return text();
  }
}
