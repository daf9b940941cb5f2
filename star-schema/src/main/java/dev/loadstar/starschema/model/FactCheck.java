package dev.loadstar.starschema.model;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.starschema.expression.Scope;
import dev.loadstar.starschema.model.FactModel.DimensionUse;
import dev.loadstar.starschema.model.FactModel.Measure;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks the names and expressions of a fact and its feeds. */
record FactCheck(DefinitionCheck check, FactModel fact) {
  void run() {
    boolean anyKnown = false;
    for (FactFeedModel feed : fact.feeds()) {
      Optional<Scope> lines = check.scope(feed.lines());
      anyKnown |= lines.isPresent();
      Optional<Scope> header = feed.header().flatMap(h -> check.scope(h.entity()));
      feed.header().ifPresent(h -> by(feed, h.by(), lines, header));
      if (lines.isPresent() && feed.header().isEmpty()) {
        feed(feed, lines.get());
      } else if (lines.isPresent() && header.isPresent()) {
        feed(feed, lines.get().and(header.get()));
      }
    }
    if (anyKnown) { // needs no columns, but time, which a project that never ran need not spend
      measures();
    }
  }

  private void by(FactFeedModel feed, String by, Optional<Scope> lines, Optional<Scope> header) {
    lines.ifPresent(scope -> check.name(by, scope, path(feed, "header", "by")));
    header.ifPresent(scope -> check.name(by, scope, path(feed, "header", "by")));
  }

  private void feed(FactFeedModel feed, Scope scope) {
    feed.columns().forEach((name, sql) -> check.value(sql, scope, path(feed, "columns", name)));
    feed.cancelledWhen()
        .ifPresent(sql -> check.condition(sql, scope, path(feed, "cancelled_when")));
    for (String wanted : wanted(feed)) {
      boolean said = feed.set().containsKey(wanted) || feed.columns().containsKey(wanted);
      if (!said && scope.find(wanted).isEmpty()) {
        check.problem(
            "nothing says what \"%s\" of the fact \"%s\" is: %s; add it to \"columns\" or \"set\""
                .formatted(wanted, fact.name(), scope.unknown(wanted)),
            path(feed));
      }
    }
  }

  /** What the feed must say: the fact's own columns and the keys of its dimensions. */
  private Set<String> wanted(FactFeedModel feed) {
    Set<String> wanted = new LinkedHashSet<>(fact.grain().keySet());
    wanted.add(fact.eventTime());
    fact.measures().stream()
        .filter(measure -> measure.expression().isEmpty())
        .forEach(measure -> wanted.add(measure.name()));
    wanted.addAll(fact.attributes().keySet());
    for (Map.Entry<String, DimensionUse> use : fact.dimensions().entrySet()) {
      boolean isSet =
          feed.set().containsKey(use.getKey())
              || feed.set().containsKey(use.getValue().dimension());
      if (!isSet) {
        wanted.add(use.getValue().column());
      }
    }
    return wanted;
  }

  private void measures() {
    Map<String, ColumnType> given = new LinkedHashMap<>();
    for (Measure measure : fact.measures()) {
      if (measure.expression().isEmpty()) {
        given.put(measure.name(), measure.type());
      }
    }
    Scope scope = Scope.of("the measures", given);
    for (Measure measure : fact.measures()) {
      measure
          .expression()
          .ifPresent(
              sql -> check.value(sql, scope, "facts", fact.name(), "measures", measure.name()));
    }
  }

  private String[] path(FactFeedModel feed, String... place) {
    String[] path = new String[place.length + 4];
    path[0] = "facts";
    path[1] = fact.name();
    path[2] = "from";
    path[3] = feed.lines().toString();
    System.arraycopy(place, 0, path, 4, place.length);
    return path;
  }
}
