package dev.loadstar.demo.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.demo.run.ClubHistory.ClubRun;
import dev.loadstar.demo.run.ClubOracle.Counted;
import dev.loadstar.demo.run.ClubStar.Fact;
import dev.loadstar.testing.TestMySql;
import dev.loadstar.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories in which definitions change, the lake is restored from a backup or goes back,
 * and warehouses are emptied: both engines always end in what a lake and a warehouse show that know
 * only the last definition. {@code -Dloadstar.seed=N} tells other histories.
 */
class ChangingClubE2eIT {
  private static final long SEED = Long.getLong("loadstar.seed", 20_261_121L);

  /** After these a fresh lake is asked, too; after the last run it always is. */
  private static final Set<ClubIncident> TELLING =
      Set.of(
          ClubIncident.ATTRIBUTE_ADDED, ClubIncident.ATTRIBUTE_DROPPED, ClubIncident.LAKE_RESTORED);

  @TempDir Path folder;

  @Test
  void whateverChangesBetweenRunsBothEnginesEndInTheStarOfAFreshLake() throws Exception {
    List<ClubIncident> incidents = ClubIncident.inRandomOrder(new Random(SEED));
    List<ClubRun> nights = ClubHistory.nights(SEED, incidents.size() + 1);
    Map<String, String> files = Map.of("CLUB_URL", folder.resolve("files").toString());
    ChangingClub club = ChangingClub.of(folder.resolve("nightly"), files, TestPostgres.shared());
    ChangingClub follower = club.withWarehouse(folder.resolve("mysql"), TestMySql.shared());
    ClubOracle oracle = new ClubOracle();
    for (int night = 0; night < nights.size(); night++) {
      String told = "seed %d, %s, night %d".formatted(SEED, incidents, night);
      if (night > 0) {
        incidents.get(night - 1).happen(club, follower);
      }
      nights.get(night).write(folder.resolve("files"));
      oracle.hear(nights.get(night));
      String date = nights.get(night).date().toString();
      club.run(date);
      follower.load();
      String checksum = club.deployment().checksum();
      assertThat(follower.deployment().checksum()).as(told).isEqualTo(checksum);
      requireFacts(told, ClubStar.read(club.deployment()), oracle, club.countsGuests());
      requireFacts(told, ClubStar.read(follower.deployment()), oracle, club.countsGuests());
      if (night > 0 && TELLING.contains(incidents.get(night - 1))) {
        ChangingClub fresh = fresh(follower, night, date);
        requireSame("fresh, " + told, follower.toldMembers(), fresh.toldMembers());
      }
    }
    String date = nights.get(nights.size() - 1).date().toString();
    for (ChangingClub each : List.of(club, follower)) {
      each.deployment().call("check", "--deep", "--date", date).exits(0);
    }
    assertThat(fresh(follower, nights.size(), date).deployment().checksum())
        .as("fresh, seed %d, %s", SEED, incidents)
        .isEqualTo(club.deployment().checksum());
  }

  /** What a lake shows that reads everything at once and knows one definition only. */
  private ChangingClub fresh(ChangingClub like, int night, String date) throws Exception {
    ChangingClub fresh = like.withLake(folder.resolve("fresh-" + night));
    fresh.run(date);
    return fresh;
  }

  private static void requireSame(String told, List<String> found, List<String> expected) {
    List<String> more = found.stream().filter(row -> !expected.contains(row)).toList();
    List<String> lost = expected.stream().filter(row -> !found.contains(row)).toList();
    assertThat(more).as("%s, not found %s", told, lost).isEmpty();
    assertThat(lost).as(told).isEmpty();
    assertThat(found).as(told).hasSameSizeAs(expected);
  }

  private static void requireFacts(
      String told, ClubStar star, ClubOracle oracle, boolean guestsCount) {
    Map<String, Integer> expected = new TreeMap<>();
    oracle.facts(guestsCount).forEach((grain, fact) -> expected.put(grain, fact.quantity()));
    Map<String, Integer> found = new TreeMap<>();
    for (Fact fact : star.facts()) {
      found.put(fact.grain(), fact.quantity());
      Counted counted = oracle.facts(guestsCount).get(fact.grain());
      Long person = counted == null ? null : counted.visit().personOrNull();
      if (person != null) {
        assertThat(star.members().get(person))
            .as("%s, %s", told, fact)
            .filteredOn(version -> version.holds(fact.at()))
            .extracting(ClubStar.Version::key)
            .containsExactly(fact.personKey());
      }
    }
    assertThat(found).as(told).isEqualTo(expected);
  }
}
