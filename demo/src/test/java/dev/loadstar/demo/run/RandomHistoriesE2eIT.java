package dev.loadstar.demo.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.demo.run.ClubHistory.ClubRun;
import dev.loadstar.demo.run.ClubOracle.Counted;
import dev.loadstar.demo.run.ClubOracle.Shown;
import dev.loadstar.demo.run.ClubStar.Fact;
import dev.loadstar.demo.run.ClubStar.Version;
import dev.loadstar.testing.TestMySql;
import dev.loadstar.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories as members of one star, from files to both warehouses, against an oracle that
 * knows neither versions nor nights. {@code -Dloadstar.seed=N} tells other histories.
 */
class RandomHistoriesE2eIT {
  private static final String CLUB = "demo/src/test/resources/projects/club";
  private static final Instant BEGIN = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");
  private static final long SEED = Long.getLong("loadstar.seed", 20_261_120L);

  @TempDir Path folder;

  @Test
  void nightsInAnyShapeEqualTheOracleOnBothEnginesAndTheSameNightAtOnce() throws Exception {
    List<ClubRun> nights = ClubHistory.nights(SEED);
    Map<String, String> files = Map.of("CLUB_URL", folder.resolve("files").toString());
    Deployment postgres =
        Deployment.of(folder.resolve("nightly"), CLUB, TestPostgres.shared(), files);
    Deployment mysql = postgres.withWarehouse(TestMySql.shared(), folder.resolve("nightly-mysql"));
    postgres.call("db", "migrate").exits(0);
    mysql.call("db", "migrate").exits(0);
    ClubOracle oracle = new ClubOracle();
    Map<String, Long> keys = Map.of();
    for (ClubRun night : nights) {
      night.write(folder.resolve("files"));
      oracle.hear(night);
      String date = night.date().toString();
      postgres.call("run", "--date", date).exits(0);
      mysql.call("load", "--date", date).exits(0);
      String when = "%s, seed %d, ".formatted(date, SEED);
      check(when + "MySQL", ClubStar.read(mysql), oracle, keys);
      keys = check(when + "PostgreSQL", ClubStar.read(postgres), oracle, keys);
      assertThat(mysql.checksum()).as(date).isEqualTo(postgres.checksum());
    }

    Deployment atOnce = Deployment.of(folder.resolve("once"), CLUB, TestMySql.shared(), files);
    atOnce.call("db", "migrate").exits(0);
    atOnce.call("run", "--date", nights.get(nights.size() - 1).date().toString()).exits(0);
    check("at once, seed " + SEED, ClubStar.read(atOnce), oracle, Map.of());
    assertThat(atOnce.checksum()).as("at once").isEqualTo(postgres.checksum());
  }

  /**
   * @param before keys of the night before, which versions keep
   * @return keys by person and beginning
   */
  private static Map<String, Long> check(
      String when, ClubStar star, ClubOracle oracle, Map<String, Long> before) {
    Map<String, Long> keys = new HashMap<>();
    assertThat(star.specialMembers()).as(when).isEqualTo(2);
    assertThat(star.members().keySet()).as(when).isEqualTo(oracle.known());
    star.members()
        .forEach(
            (person, versions) -> {
              String about = "%s, person %d with %s".formatted(when, person, versions);
              requireUnbroken(about, versions);
              if (oracle.isToldOf(person)) {
                requireTold(about, person, versions, oracle);
              } else {
                requireInferred(about, versions);
              }
              for (Version version : versions) {
                String name = person + "@" + version.from();
                keys.put(name, version.key());
                assertThat(before.getOrDefault(name, version.key()))
                    .as("key, " + about)
                    .isEqualTo(version.key());
              }
            });
    requireFacts(when, star, oracle);
    return keys;
  }

  /** From the beginning to the end without gap or overlap, one durable key, one current. */
  private static void requireUnbroken(String about, List<Version> versions) {
    Instant next = BEGIN;
    int number = 0;
    for (Version version : versions) {
      assertThat(version.from()).as(about).isEqualTo(next);
      assertThat(version.to()).as(about).isAfter(version.from());
      assertThat(version.number()).as(about).isEqualTo(++number);
      assertThat(version.durableKey()).as(about).isEqualTo(versions.get(0).durableKey());
      assertThat(version.current()).as(about).isEqualTo(version.to().equals(END));
      next = version.to();
    }
    assertThat(next).as(about).isEqualTo(END);
  }

  private static void requireTold(
      String about, long person, List<Version> versions, ClubOracle oracle) {
    for (int day = -2; day <= ClubHistory.DAYS; day++) {
      for (long micros = -1; micros <= 1; micros++) {
        Instant at = ClubHistory.noon(day).plusNanos(micros * 1000);
        List<Shown> shown =
            versions.stream().filter(v -> v.holds(at)).map(RandomHistoriesE2eIT::shown).toList();
        assertThat(shown).as("%s at %s", about, at).containsExactly(oracle.shown(person, at));
      }
    }
    Version before = null;
    for (Version version : versions) {
      assertThat(version.nameOrNull()).as(about).isEqualTo(oracle.name(person));
      assertThat(version.inferred()).as(about).isFalse();
      assertThat(shown(version)).as(about).isNotEqualTo(before == null ? null : shown(before));
      before = version;
    }
  }

  private static Shown shown(Version version) {
    return new Shown(version.deleted(), version.deleted() ? null : version.cityOrNull());
  }

  private static void requireInferred(String about, List<Version> versions) {
    assertThat(versions).as(about).hasSize(1);
    Version only = versions.get(0);
    assertThat(only.inferred()).as(about).isTrue();
    assertThat(only.deleted()).as(about).isFalse();
    assertThat(only.nameOrNull()).as(about).isNull();
    assertThat(only.cityOrNull()).as(about).isNull();
  }

  private static void requireFacts(String when, ClubStar star, ClubOracle oracle) {
    Map<String, Counted> expected = oracle.facts();
    assertThat(star.facts().stream().map(Fact::grain))
        .as(when)
        .containsExactlyInAnyOrderElementsOf(expected.keySet());
    for (Fact fact : star.facts()) {
      Counted counted = expected.get(fact.grain());
      String about = "%s, %s for %s".formatted(when, fact, counted);
      assertThat(fact.quantity()).as(about).isEqualTo(counted.quantity());
      assertThat(fact.at()).as(about).isEqualTo(counted.visit().at());
      Long person = counted.visit().personOrNull();
      if (person == null) {
        assertThat(fact.personKey()).as(about).isEqualTo(-1);
      } else {
        assertThat(star.members().get(person).stream().filter(v -> v.holds(fact.at())))
            .as(about)
            .extracting(Version::key)
            .containsExactly(fact.personKey());
      }
    }
  }
}
