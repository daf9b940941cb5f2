package dev.loadstar.demo.run;

import dev.loadstar.demo.run.ClubHistory.ClubRun;
import dev.loadstar.demo.run.ClubHistory.Line;
import dev.loadstar.demo.run.ClubHistory.Said;
import dev.loadstar.demo.run.ClubHistory.Visit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a star must show of all that has arrived, asked for one instant at a time. */
final class ClubOracle {
  /** What stands for a person at an instant; a city only while the person is there. */
  record Shown(boolean deleted, String cityOrNull) {}

  /** A line that counts, with its header. */
  record Counted(Visit visit, int quantity) {}

  private final Map<Long, TreeMap<Instant, Said>> people = new HashMap<>();
  private final List<Visit> visits = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  private final List<Line> guests = new ArrayList<>();
  private final Set<Long> known = new TreeSet<>();

  /** Whatever came later in the order of arrival wins over the same time before. */
  void hear(ClubRun night) {
    night.said().forEach(s -> history(s.person()).put(s.at(), s));
    visits.addAll(night.visits());
    lines.addAll(night.lines());
    guests.addAll(night.guests());
    night.said().forEach(s -> known.add(s.person()));
    for (Counted counted : facts().values()) {
      if (counted.visit().personOrNull() != null) {
        known.add(counted.visit().personOrNull());
      }
    }
  }

  private TreeMap<Instant, Said> history(long person) {
    return people.computeIfAbsent(person, p -> new TreeMap<>());
  }

  /** Those who were told of and those whom a fact named on any night. */
  Set<Long> known() {
    return known;
  }

  boolean isToldOf(long person) {
    return people.containsKey(person);
  }

  /** What was said last before or at the instant; what was said first holds before. */
  Shown shown(long person, Instant at) {
    TreeMap<Instant, Said> history = people.get(person);
    Map.Entry<Instant, Said> last = history.floorEntry(at);
    Said said = (last == null ? history.firstEntry() : last).getValue();
    return new Shown(said.gone(), said.gone() ? null : said.cityOrNull());
  }

  /** The name when the person was last there, else what was said last. */
  String name(long person) {
    TreeMap<Instant, Said> history = people.get(person);
    Optional<Said> lastThere =
        history.descendingMap().values().stream().filter(said -> !said.gone()).findFirst();
    return lastThere.orElse(history.lastEntry().getValue()).name();
  }

  /** By visit and line number, without guests. */
  Map<String, Counted> facts() {
    return facts(lines);
  }

  Map<String, Counted> facts(boolean guestsCount) {
    Map<String, Counted> facts = new TreeMap<>(facts(lines));
    if (guestsCount) {
      facts.putAll(facts(guests));
    }
    return facts;
  }

  private Map<String, Counted> facts(List<Line> lines) {
    Map<Long, Visit> headers = new HashMap<>();
    for (Visit visit : visits) {
      headers.merge(visit.id(), visit, (a, b) -> b.changed().isBefore(a.changed()) ? a : b);
    }
    Map<String, Line> latest = new TreeMap<>();
    for (Line line : lines) {
      String grain = line.visit() + "/" + line.number();
      latest.merge(grain, line, (a, b) -> b.changed().isBefore(a.changed()) ? a : b);
    }
    Map<String, Counted> facts = new TreeMap<>();
    latest.forEach(
        (grain, line) -> {
          Visit header = headers.get(line.visit());
          if (header != null && !header.cancelled()) {
            facts.put(grain, new Counted(header, line.quantity()));
          }
        });
    return facts;
  }
}
