package dev.loadstar.demo.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a club's systems say of people and their visits, in the order in which it arrives: random
 * times of change, so most of what a night brings is late or already overtaken.
 *
 * <p>Whoever is named by a fact stays a member for ever, so that a star tells how often it was
 * loaded if such a fact is taken back and nobody else knows the member. Therefore everyone below
 * {@link #MEMBERS} is told of on some night, and the visits of strangers neither change hands nor
 * are cancelled.
 */
final class ClubHistory {
  static final int MEMBERS = 300;
  static final int STRANGERS = 25;
  static final int DAYS = 12;
  static final int NIGHTS = 4;

  /** The line that guests have. */
  static final int GUESTS = 10;

  private static final int VISITS = 400;
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 5);

  /**
   * @param cityOrNull may be null, which is a city like any other
   */
  record Said(long person, Instant at, boolean gone, String cityOrNull, String name) {}

  /**
   * @param personOrNull null when nobody knows who came
   */
  record Visit(long id, Long personOrNull, Instant at, boolean cancelled, Instant changed) {}

  record Line(long visit, int number, int quantity, Instant changed) {}

  /** One night's arrivals, in their order. */
  record ClubRun(LocalDate date, List<Said> said, List<Visit> visits, List<Line> lines) {
    void write(Path folder) throws IOException {
      Files.createDirectories(folder);
      write(folder, "people", said.stream().map(ClubHistory::json).toList());
      write(folder, "visits", visits.stream().map(ClubHistory::json).toList());
      write(folder, "lines", lines.stream().map(ClubHistory::json).toList());
      write(folder, "guests", guests().stream().map(ClubHistory::json).toList());
    }

    /** Lines of a second system, of visits that are known to others, too. */
    List<Line> guests() {
      return lines.stream()
          .filter(line -> line.number() == 0 && line.visit() >= STRANGERS)
          .map(line -> new Line(line.visit(), GUESTS, line.quantity() + 1, line.changed()))
          .toList();
    }

    private void write(Path folder, String feed, List<ObjectNode> records) throws IOException {
      String name = feed + "_" + date.format(DateTimeFormatter.BASIC_ISO_DATE) + ".jsonl";
      Files.write(folder.resolve(name), records.stream().map(ObjectNode::toString).toList());
    }
  }

  private final Random random;
  private final Map<Object, Instant> changes = new HashMap<>();

  private ClubHistory(long seed) {
    this.random = new Random(seed);
  }

  static List<ClubRun> nights(long seed) {
    return nights(seed, NIGHTS);
  }

  static List<ClubRun> nights(long seed, int count) {
    ClubHistory club = new ClubHistory(seed);
    List<Said> said = club.said();
    List<Visit> visits = club.visits();
    List<Line> lines = club.lines();
    List<ClubRun> nights = new ArrayList<>();
    for (int night = 0; night < count; night++) {
      nights.add(
          new ClubRun(
              FIRST.plusDays(night),
              part(said, night, count),
              part(visits, night, count),
              part(lines, night, count)));
    }
    return nights;
  }

  /** Noon, UTC; days may be before the first. */
  static Instant noon(int day) {
    return FIRST.plusDays(day).atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
  }

  private List<Said> said() {
    List<Said> said = new ArrayList<>();
    for (int i = 0; i < MEMBERS * 16 / 5; i++) {
      said.add(
          new Said(
              i < MEMBERS ? i : random.nextInt(MEMBERS),
              noon(random.nextInt(DAYS)),
              random.nextInt(5) == 0,
              random.nextInt(9) == 0 ? null : "c" + random.nextInt(3),
              "n" + random.nextInt(50)));
    }
    Collections.shuffle(said, random);
    return said;
  }

  private List<Visit> visits() {
    List<Visit> visits = new ArrayList<>();
    for (int i = 0; i < VISITS * 2; i++) {
      long id = random.nextInt(VISITS);
      boolean stranger = id < STRANGERS;
      Long member = random.nextInt(20) == 0 ? null : Long.valueOf(random.nextInt(MEMBERS));
      visits.add(
          new Visit(
              id,
              stranger ? Long.valueOf(MEMBERS + id) : member,
              // on the edge of what may begin at noon, and next to it
              noon(random.nextInt(DAYS + 2) - 1).plusNanos((random.nextInt(3) - 1) * 1000L),
              !stranger && random.nextInt(4) == 0,
              changed(id)));
    }
    return visits;
  }

  private List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < VISITS * 3; i++) {
      long visit = random.nextInt(VISITS);
      int number = random.nextInt(2);
      lines.add(new Line(visit, number, random.nextInt(9), changed(visit + "/" + number)));
    }
    return lines;
  }

  /** A source gives its row as it is now, so what it gives later did not change earlier. */
  private Instant changed(Object row) {
    return changes.merge(
        row, noon(random.nextInt(DAYS)), (before, now) -> now.isBefore(before) ? before : now);
  }

  private static <T> List<T> part(List<T> all, int night, int count) {
    int from = all.size() * night / count;
    return List.copyOf(all.subList(from, all.size() * (night + 1) / count));
  }

  private static ObjectNode json(Said said) {
    return object()
        .put("person_id", said.person())
        .put("name", said.name())
        .put("city", said.cityOrNull())
        .put("level", level(said))
        .put("gone", said.gone())
        .put("updated_at", said.at().toString());
  }

  private static String level(Said said) {
    long level = Math.floorMod(31 * said.person() + said.at().getEpochSecond() / 86_400, 4L);
    return level == 3 ? null : "l" + level;
  }

  private static ObjectNode json(Visit visit) {
    return object()
        .put("visit_id", visit.id())
        .put("person_id", visit.personOrNull())
        .put("at", visit.at().toString())
        .put("status", visit.cancelled() ? "cancelled" : "open")
        .put("updated_at", visit.changed().toString());
  }

  private static ObjectNode json(Line line) {
    return object()
        .put("visit_id", line.visit())
        .put("line_number", line.number())
        .put("quantity", line.quantity())
        .put("updated_at", line.changed().toString());
  }

  private static ObjectNode object() {
    return new ObjectMapper().createObjectNode();
  }
}
