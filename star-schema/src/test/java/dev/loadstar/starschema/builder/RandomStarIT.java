package dev.loadstar.starschema.builder;

import static dev.loadstar.starschema.builder.StarFixture.noon;
import static dev.loadstar.starschema.builder.StarFixture.row;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.starschema.model.DimensionModel.OnDelete;
import dev.loadstar.starschema.model.FactFeedModel;
import dev.loadstar.starschema.model.FactModel;
import dev.loadstar.starschema.model.FactModel.DimensionUse;
import dev.loadstar.starschema.model.FactModel.Measure;
import dev.loadstar.starschema.model.StarSchema;
import dev.loadstar.tables.spark.SparkSettings;
import dev.loadstar.tables.spark.SparkTables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories as members of one star, arrivals shuffled over nights, against an evaluation of
 * every single day that knows neither versions nor nights. {@code -Dloadstar.seed=N} tells other
 * histories.
 */
class RandomStarIT {
  private static final int MEMBERS = 300;
  private static final int VISITS = 400;
  private static final int NIGHTS = 4;

  /** All tables large, some, none, all: what is read must make no difference. */
  private static final long[] LARGE_FROM = {0, 350, SparkTables.SMALL_ROWS, 0};

  /** No query a job, all of them, some, none: who answers must make no difference either. */
  private static final long[] JOBS_FROM = {SparkSettings.FEW_ROWS, 0, 350, SparkSettings.FEW_ROWS};

  private static final int DAYS = 12;
  private static final long SEED = Long.getLong("loadstar.seed", 20_261_120L);

  /** The night whose model has one type 2 attribute more; the source has it from then on. */
  private static final int CODED = 3;

  private static final StarFixture.Entity VISIT =
      StarFixture.Entity.of(
          "club.visits",
          "visit_id",
          "updated_at",
          "visit_id",
          Simple.BIGINT,
          "person_id",
          Simple.BIGINT,
          "at",
          Simple.TIMESTAMP,
          "status",
          Simple.TEXT,
          "updated_at",
          Simple.TIMESTAMP);
  private static final StarFixture.Entity LINES =
      StarFixture.Entity.of(
          "club.lines",
          "visit_id,line_number",
          "updated_at",
          "visit_id",
          Simple.BIGINT,
          "line_number",
          Simple.INT,
          "quantity",
          Simple.INT,
          "updated_at",
          Simple.TIMESTAMP);

  @TempDir Path folder;

  /** What came for a person: {@code arrival} orders everything that came. */
  private record Said(
      long person, int day, int arrival, boolean gone, String city, String name, String code) {}

  private record Visit(long id, Long person, int day, String status, int arrival) {}

  private record Line(long visit, int number, int quantity, int changed, int arrival) {}

  /** What a reader finds for one day. */
  private record Seen(String city, boolean gone, String code) {}

  /** What came in one night. */
  private record Brought(List<Said> said, List<Visit> visits, List<Line> lines) {}

  /** Keys become wider after the first night. */
  private static StarFixture.Entity people(int night) {
    List<Object> columns =
        new ArrayList<>(
            List.of(
                "person_id",
                night == 1 ? Simple.INT : Simple.BIGINT,
                "name",
                Simple.TEXT,
                "city",
                Simple.TEXT,
                "gone",
                Simple.BOOLEAN,
                "updated_at",
                Simple.TIMESTAMP));
    if (night >= CODED) {
      columns.addAll(List.of("code", Simple.TEXT));
    }
    return StarFixture.Entity.of("club.people", "person_id", "updated_at", columns.toArray());
  }

  @Test
  void nightsInAnyShapeEqualTheOracleAndTheSameNightAtOnce() {
    try {
      compare(new Random(SEED));
    } catch (AssertionError e) {
      throw new AssertionError("-Dloadstar.seed=%d: %s".formatted(SEED, e.getMessage()), e);
    }
  }

  private void compare(Random random) {
    List<Said> said = new ArrayList<>();
    List<Visit> visits = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    List<Brought> nights = new ArrayList<>();
    Map<String, Map<String, Row>> keys = new HashMap<>();
    for (int night = 1; night <= NIGHTS; night++) {
      StarFixture star = new StarFixture(folder.resolve("nightly"), schema(night));
      Brought news =
          new Brought(
              said(random, said.size(), night >= CODED),
              visits(random, visits.size()),
              lines(random, lines.size()));
      nights.add(news);
      said.addAll(news.said());
      visits.addAll(news.visits());
      lines.addAll(news.lines());
      load(star, night, news);
      star.smallRows(LARGE_FROM[night - 1]);
      star.fewRows(JOBS_FROM[night - 1]);
      star.build(night);
      check(star, night == CODED, said, visits, lines, keys);
      StarFixture byJobs = new StarFixture(folder.resolve("by-jobs"), schema(night));
      byJobs.fewRows(0);
      load(byJobs, night, news);
      byJobs.build(night);
      same(star, byJobs);
    }
    StarFixture atOnce = new StarFixture(folder.resolve("at-once"), schema(NIGHTS));
    for (int night = 1; night <= NIGHTS; night++) {
      load(atOnce, night, nights.get(night - 1));
    }
    atOnce.build(NIGHTS);
    check(atOnce, false, said, visits, lines, new HashMap<>());
  }

  private static void same(StarFixture one, StarFixture other) {
    Set<String> tables = one.tables.head().orElseThrow().tables().keySet();
    assertThat(other.tables.head().orElseThrow().tables().keySet()).isEqualTo(tables);
    for (String table : tables) {
      assertThat(other.table(table).collectAsList())
          .as(table)
          .containsExactlyInAnyOrderElementsOf(one.table(table).collectAsList());
    }
  }

  private static List<Said> said(Random random, int arrived, boolean coded) {
    List<Said> rows = new ArrayList<>();
    for (int i = 0; i < MEMBERS * 4 / 5; i++) {
      rows.add(
          new Said(
              random.nextInt(MEMBERS),
              random.nextInt(DAYS),
              arrived + i,
              random.nextInt(5) == 0,
              "c" + random.nextInt(3),
              "n" + random.nextInt(50),
              coded ? "k" + random.nextInt(3) : null));
    }
    return rows;
  }

  private static List<Visit> visits(Random random, int arrived) {
    List<Visit> rows = new ArrayList<>();
    for (int i = 0; i < VISITS / NIGHTS; i++) {
      Long person = random.nextInt(20) == 0 ? null : Long.valueOf(random.nextInt(MEMBERS + 30));
      String status = random.nextInt(4) == 0 ? "cancelled" : "open";
      rows.add(
          new Visit(
              random.nextInt(VISITS), person, random.nextInt(DAYS + 2) - 1, status, arrived + i));
    }
    return rows;
  }

  private static List<Line> lines(Random random, int arrived) {
    List<Line> rows = new ArrayList<>();
    for (int i = 0; i < VISITS / NIGHTS * 2; i++) {
      rows.add(
          new Line(
              random.nextInt(VISITS),
              random.nextInt(2),
              random.nextInt(9),
              random.nextInt(DAYS),
              arrived + i));
    }
    return rows;
  }

  private static void load(StarFixture star, int night, Brought news) {
    List<Visit> visits = news.visits();
    List<Line> lines = news.lines();
    star.load(
        people(night),
        night,
        news.said().stream().map(s -> person(night, s)).toArray(Object[][]::new));
    star.load( // headers change with every arrival
        VISIT,
        night,
        visits.stream()
            .map(v -> row(v.id(), v.person(), noon(v.day()) + 5, v.status(), noon(v.arrival())))
            .toArray(Object[][]::new));
    star.load(
        LINES,
        night,
        lines.stream()
            .map(l -> row(l.visit(), l.number(), l.quantity(), noon(l.changed())))
            .toArray(Object[][]::new));
  }

  private static Object[] person(int night, Said s) {
    Object id = night == 1 ? (Object) (int) s.person() : (Object) s.person();
    return night < CODED
        ? row(id, s.name(), s.city(), s.gone(), noon(s.day()))
        : row(id, s.name(), s.city(), s.gone(), noon(s.day()), s.code());
  }

  private static StarSchema schema(int night) {
    List<DimensionModel> dimensions = new ArrayList<>();
    Map<String, DimensionUse> uses = new LinkedHashMap<>();
    for (OnDelete onDelete : OnDelete.values()) {
      String name = name(onDelete);
      dimensions.add(
          new DimensionModel(
              name,
              people(night).name(),
              List.of("person_id"),
              Optional.of("updated_at"),
              List.of("name"),
              night == CODED ? List.of("city", "code") : List.of("city"),
              Map.of(),
              Optional.of("gone"),
              onDelete,
              List.of()));
      uses.put(name, new DimensionUse(name, "person_id"));
    }
    Map<String, ColumnType> grain = new LinkedHashMap<>();
    grain.put("visit_id", Simple.BIGINT);
    grain.put("line_number", Simple.INT);
    FactFeedModel feed =
        new FactFeedModel(
            LINES.name(),
            Optional.of(new FactFeedModel.Header(VISIT.name(), "visit_id")),
            Map.of(),
            Map.of(),
            Optional.of("status = 'cancelled'"));
    FactModel fact =
        new FactModel(
            "visits",
            grain,
            "at",
            uses,
            List.of(new Measure("quantity", Simple.INT, Optional.empty())),
            Map.of(),
            List.of(feed));
    return new StarSchema(dimensions, List.of(), List.of(fact));
  }

  private static String name(OnDelete onDelete) {
    return onDelete.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static void check(
      StarFixture star,
      boolean coded,
      List<Said> said,
      List<Visit> visits,
      List<Line> lines,
      Map<String, Map<String, Row>> keysBefore) {
    List<Row> facts =
        star.table("fact_visits")
            .select("visit_id", "line_number", "quantity", "close_key", "mark_key", "ignore_key")
            .collectAsList();
    for (OnDelete onDelete : OnDelete.values()) {
      check(star, coded, facts, onDelete, said, visits, lines, keysBefore);
    }
  }

  private static void check(
      StarFixture star,
      boolean coded,
      List<Row> factRows,
      OnDelete onDelete,
      List<Said> said,
      List<Visit> visits,
      List<Line> lines,
      Map<String, Map<String, Row>> keysBefore) {
    String dim = name(onDelete);
    Map<Long, List<Row>> members = new TreeMap<>();
    Map<Long, Row> byKey = new HashMap<>();
    Map<String, Row> keys = new HashMap<>();
    for (Row version :
        star.table("dim_" + dim)
            .filter(dim + "_key > 0")
            .selectExpr(
                "cast(person_id as bigint) as person_id",
                dim + "_key",
                dim + "_durable_key",
                "unix_micros(valid_from) as valid_from",
                "unix_micros(valid_to)",
                "name",
                "city",
                "is_current",
                "version",
                "is_inferred",
                "is_deleted",
                coded ? "code" : "null")
            .sort(col("person_id"), col("valid_from"))
            .collectAsList()) {
      members.computeIfAbsent(version.getLong(0), p -> new ArrayList<>()).add(version);
      assertThat(byKey.put(version.getLong(1), version)).as("keys are unique").isNull();
      keys.put(version.getLong(0) + "@" + version.getLong(3), version);
    }
    Map<Line, Row> facts = facts(factRows, lines);
    TreeSet<Long> named = new TreeSet<>();
    Map<Long, Visit> latestVisit = new HashMap<>();
    visits.forEach(v -> latestVisit.put(v.id(), v));
    Map<String, Line> latestLine = new HashMap<>();
    for (Line line : lines) {
      latestLine.merge(line.visit() + "/" + line.number(), line, RandomStarIT::later);
    }
    int expected = 0;
    for (Line line : latestLine.values()) {
      Visit visit = latestVisit.get(line.visit());
      if (visit == null || visit.status().equals("cancelled")) {
        continue;
      }
      expected++;
      Row fact = facts.get(line);
      assertThat(fact).as("%s of %s", line, visit).isNotNull();
      long key = fact.getAs(dim + "_key");
      if (visit.person() == null) {
        assertThat(key).isEqualTo(-1);
        continue;
      }
      named.add(visit.person());
      long at = noon(visit.day()) + 5;
      Optional<Row> holds =
          members.getOrDefault(visit.person(), List.of()).stream()
              .filter(v -> v.getLong(3) <= at && at < v.getLong(4))
              .findFirst();
      assertThat(key)
          .as(
              "%s fact of person %d at %d, versions %s",
              dim, visit.person(), visit.day(), members.get(visit.person()))
          .isEqualTo(holds.map(v -> v.getLong(1)).orElse(-1L));
      assertThat(holds.isPresent() || onDelete == OnDelete.CLOSE).isTrue();
    }
    assertThat(factRows).hasSize(expected);
    for (long person = 0; person < MEMBERS + 30; person++) {
      long p = person;
      List<Said> history = said.stream().filter(s -> s.person() == p).toList();
      member(onDelete, coded, p, history, members.getOrDefault(p, List.of()), named.contains(p));
    }
    Map<String, Row> before = keysBefore.getOrDefault(dim, Map.of());
    keys.forEach(
        (name, version) -> {
          Row was = before.getOrDefault(name, version);
          boolean gaveUp =
              version.getBoolean(9) && !was.getBoolean(9); // all said of it was taken back
          if (!gaveUp) {
            assertThat(version.getLong(1)).as("key of %s", name).isEqualTo(was.getLong(1));
          }
        });
    keysBefore.put(dim, keys);
  }

  /** The later night's; of one night the later change's. */
  private static Line later(Line a, Line b) {
    int ofANight = VISITS / NIGHTS * 2;
    return b.arrival() / ofANight > a.arrival() / ofANight || b.changed() >= a.changed() ? b : a;
  }

  private static Map<Line, Row> facts(List<Row> found, List<Line> lines) {
    Map<String, Row> rows = new HashMap<>();
    for (Row fact : found) {
      assertThat(rows.put(fact.getLong(0) + "/" + fact.getInt(1), fact))
          .as("grain is unique")
          .isNull();
    }
    Map<Line, Row> facts = new HashMap<>();
    for (Line line : lines) {
      Row fact = rows.get(line.visit() + "/" + line.number());
      if (fact != null && fact.getInt(2) == line.quantity()) {
        facts.put(line, fact);
      }
    }
    return facts;
  }

  private static void member(
      OnDelete onDelete,
      boolean coded,
      long person,
      List<Said> history,
      List<Row> versions,
      boolean named) {
    String about = "%s of person %d who said %s".formatted(onDelete, person, history);
    TreeMap<Integer, Said> times = new TreeMap<>();
    history.forEach(s -> times.put(s.day(), s));
    boolean everAlive = times.values().stream().anyMatch(s -> !s.gone());
    boolean shows = everAlive || (onDelete == OnDelete.MARK && !times.isEmpty());
    if (!shows) {
      if (named) {
        assertThat(versions).as("inferred, " + about).hasSize(1);
        assertThat(versions.get(0).getBoolean(9)).isTrue();
      }
      versions.forEach(v -> assertThat(v.getBoolean(9)).as("only inferred, " + about).isTrue());
      return;
    }
    assertThat(versions).as(about).isNotEmpty();
    for (int day = -1; day <= DAYS; day++) {
      long at = noon(day);
      List<Row> there =
          versions.stream().filter(v -> v.getLong(3) <= at && at < v.getLong(4)).toList();
      assertThat(there).as(about).hasSizeLessThanOrEqualTo(1);
      Optional<Seen> seen =
          there.stream()
              .findFirst()
              .map(
                  v ->
                      new Seen(
                          v.getString(6),
                          onDelete == OnDelete.MARK && v.getBoolean(10),
                          v.getString(11)));
      assertThat(seen).as("day %d, %s", day, about).isEqualTo(truth(onDelete, coded, times, day));
    }
    String name =
        times.descendingMap().values().stream()
            .filter(s -> !s.gone() || !everAlive)
            .findFirst()
            .orElseThrow()
            .name();
    long durable = versions.get(0).getLong(2);
    for (int i = 0; i < versions.size(); i++) {
      Row v = versions.get(i);
      long next = i + 1 < versions.size() ? versions.get(i + 1).getLong(3) : Long.MAX_VALUE;
      boolean current = v.getLong(4) == dev.loadstar.starschema.timeline.Timeline.END;
      boolean closed = i + 1 < versions.size() ? v.getLong(4) < next : !current;
      assertThat(v.getLong(2)).as("durable key, " + about).isEqualTo(durable);
      assertThat(v.getString(5)).as("name, " + about).isEqualTo(name);
      assertThat(v.getInt(8)).as("version, " + about).isEqualTo(i + 1);
      assertThat(v.getBoolean(7)).as("current, " + about).isEqualTo(current);
      assertThat(v.getBoolean(9)).as("inferred, " + about).isFalse();
      if (onDelete == OnDelete.CLOSE) {
        assertThat(v.getBoolean(10)).as("deleted, " + about).isEqualTo(closed);
      }
      if (i > 0 && versions.get(i - 1).getLong(4) == v.getLong(3)) {
        Row u = versions.get(i - 1);
        assertThat(
                Objects.equals(u.get(6), v.get(6))
                    && Objects.equals(u.get(11), v.get(11))
                    && u.getBoolean(10) == v.getBoolean(10))
            .as("neighbours differ, " + about)
            .isFalse();
      }
    }
  }

  private static Optional<Seen> truth(
      OnDelete onDelete, boolean coded, TreeMap<Integer, Said> times, int day) {
    Optional<Said> firstAlive = times.values().stream().filter(s -> !s.gone()).findFirst();
    Optional<Said> alive =
        times.headMap(day, true).descendingMap().values().stream()
            .filter(s -> !s.gone())
            .findFirst();
    boolean gone =
        Optional.ofNullable(times.floorEntry(day)).map(e -> e.getValue().gone()).orElse(false);
    String code = coded ? code(times, day) : null;
    if (onDelete == OnDelete.IGNORE) {
      return alive.or(() -> firstAlive).map(s -> new Seen(s.city(), false, code));
    }
    if (onDelete == OnDelete.CLOSE) {
      return alive.isPresent() && gone
          ? Optional.empty()
          : alive.or(() -> firstAlive).map(s -> new Seen(s.city(), false, code));
    }
    if (alive.isPresent()) {
      return alive.map(s -> new Seen(s.city(), gone, code));
    }
    if (!times.firstEntry().getValue().gone()) {
      return firstAlive.map(s -> new Seen(s.city(), false, code));
    }
    int until = firstAlive.map(Said::day).orElse(Integer.MAX_VALUE);
    Said said = times.lowerEntry(until).getValue();
    return Optional.of(new Seen(said.city(), true, coded ? said.code() : null));
  }

  /** That of the last day before that knew one, else of the first that did. */
  private static String code(TreeMap<Integer, Said> times, int day) {
    List<Said> knowing =
        times.values().stream().filter(s -> !s.gone() && s.code() != null).toList();
    return knowing.stream()
        .filter(s -> s.day() <= day)
        .reduce((a, b) -> b)
        .or(() -> knowing.stream().findFirst())
        .map(Said::code)
        .orElse(null);
  }
}
