package dev.loadstar.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.loadstar.core.project.ProjectFolder;
import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.core.quality.QualityResult.Looked;
import dev.loadstar.core.quality.StarVerdict;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.tables.spark.SparkSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A verdict that follows the change is that of a look at every row. */
class FollowedRulesTest {
  private static final String RULES =
      """
      fact_sales:
        - { expression: quantity > 0, severity: warn }
        - { expression: quantity > 1, where: channel = 'store', severity: warn, name: stores }
        - { accepted_values: { channel: [online, store] }, severity: warn }
        - { not_null: [quantity], severity: warn, allow: 10% }
        - { row_count: ">= 3", severity: warn }
        - { unknown_members: { customer: 20% }, severity: warn }
        - { reconcile: sum(net_amount), with: sum(net_amount), of: fact_sales, of_where: quantity > 2, severity: warn }
        - { unique: [order_number], severity: warn }
        - { relationships: { customer_key: dim_customer.customer_key }, severity: warn }
        - { expression: sold_at < now(), severity: warn, name: past }
        - { expression: "sold_at < timestamp 'now'", severity: warn, name: past in a word }
      dim_customer:
        - { expression: city <> 'Ulm', severity: warn, allow: 5% }
      """;

  /** The settings of a small build, which spare what a small table does not need. */
  private final SparkSession spark =
      SparkSettings.forBuild(QualityTestSpark.SPARK, 0, 0, fewRows());

  @TempDir Path folder;
  private ChangingStar star;

  /** Up to how many rows a query is answered without a job. */
  long fewRows() {
    return SparkSettings.FEW_ROWS;
  }

  /** What may go wrong with a star. */
  enum Corruption {
    LOST_REFERENCE,
    VERSION_OF_ANOTHER_TIME,
    GRAIN_OF_ANOTHER,
    NO_GRAIN,
    OVERLAP,
    GAP,
    TWO_CURRENT,
    VERSION_GONE,
    VERSION_ENDS_EARLIER,
    NO_NATURAL_KEY
  }

  @BeforeEach
  void sound() {
    star = new ChangingStar(spark, folder);
    for (long member = 1; member <= 6; member++) {
      customer(member, 100 + member * 10);
    }
    for (int order = 1; order <= 12; order++) {
      sale(order, order % 6 + 1, 40 + order * 13);
    }
    judged(rules(RULES), true);
  }

  private void customer(long member, long moved) {
    long key = star.nextCustomer;
    star.customers.put(key, ChangingStar.version(key, member, "Bern", 0, moved, false));
    star.customers.put(key + 1, ChangingStar.version(key + 1, member, "Ulm", moved, 1_000, true));
    star.nextCustomer += 2;
  }

  private void sale(int order, long member, long at) {
    long key = star.nextSale++;
    String channel = order % 3 == 0 ? "store" : "online";
    Integer quantity = order % 5 == 0 ? null : order % 4;
    star.sales.put(
        key,
        ChangingStar.sale(key, channel, order, at, versionAt(member, at), quantity, order * 7));
  }

  private long versionAt(long member, long at) {
    return star.customers.values().stream()
        .filter(v -> v[1] != null && (Long) v[1] == member)
        .filter(v -> (Long) v[3] <= at && at < (Long) v[4])
        .map(v -> (Long) v[0])
        .findFirst()
        .orElse(-1L);
  }

  @Test
  void aRandomHistoryIsJudgedAsIfEveryRowWereLookedAt() {
    long seed = Long.getLong("loadstar.seed", 20261122L);
    System.out.println("followed rules: loadstar.seed=" + seed);
    Random random = new Random(seed);
    for (int night = 0; night < 8; night++) {
      for (int i = random.nextInt(4); i >= 0; i--) {
        change(random);
      }
      judged(rules(RULES), true);
    }
  }

  private void change(Random random) {
    int order = 100 + (int) star.nextSale;
    switch (random.nextInt(6)) {
      case 0 -> customer(star.nextCustomer + 100, 200 + random.nextInt(500));
      case 1, 2 -> sale(order, 1 + random.nextInt(9), random.nextInt(1_000));
      case 3 -> star.sales.remove(random(star.sales, random));
      case 4 -> {
        Object[] row = star.sales.get(random(star.sales, random)).clone();
        row[5] = random.nextInt(4);
        row[1] = random.nextInt(5) == 0 ? "fax" : row[1];
        star.sales.put((Long) row[0], row);
      }
      default -> move(1 + random.nextInt(6), 50 + random.nextInt(800));
    }
  }

  /** The member's second version begins at another time, and its facts follow. */
  private void move(long member, long at) {
    for (Object[] version : List.copyOf(star.customers.values())) {
      if (version[1] != null && (Long) version[1] == member) {
        Object[] moved = version.clone();
        moved[(Boolean) moved[5] ? 3 : 4] = at;
        star.customers.put((Long) moved[0], moved);
      }
    }
    for (Object[] sale : List.copyOf(star.sales.values())) {
      Object[] old = star.customers.get((Long) sale[4]);
      if (old[1] != null && (Long) old[1] == member) {
        Object[] moved = sale.clone();
        moved[4] = versionAt(member, (Long) moved[3]);
        star.sales.put((Long) moved[0], moved);
      }
    }
  }

  private static Long random(TreeMap<Long, Object[]> rows, Random random) {
    return new ArrayList<>(rows.keySet()).get(random.nextInt(rows.size()));
  }

  @ParameterizedTest
  @EnumSource
  void aCorruptionIsFoundByWhatChanged(Corruption corruption) {
    switch (corruption) {
      case LOST_REFERENCE -> spoilSale(4, 77L);
      case VERSION_OF_ANOTHER_TIME -> spoilSale(3, 999L);
      case GRAIN_OF_ANOTHER -> {
        spoilSale(2, 1);
        spoilSale(1, "online");
      }
      case NO_GRAIN -> spoilSale(2, null);
      case OVERLAP -> spoilVersion(3, 4, 500L);
      case GAP -> spoilVersion(3, 4, 20L);
      case TWO_CURRENT -> spoilVersion(3, 5, true);
      case VERSION_GONE -> star.customers.remove(3L);
      case VERSION_ENDS_EARLIER -> {
        spoilVersion(3, 4, 1L);
        spoilVersion(4, 3, 1L);
      }
      case NO_NATURAL_KEY -> spoilVersion(3, 1, null);
    }
    List<QualityResult> failed = judged(rules(RULES), false);
    assertThat(failed).anyMatch(QualityResult::stopsTheRun);
  }

  private void spoilSale(int column, Object value) {
    Object[] row = star.sales.get(5L).clone();
    row[column] = value;
    star.sales.put(5L, row);
  }

  private void spoilVersion(long key, int column, Object value) {
    Object[] row = star.customers.get(key).clone();
    row[column] = value;
    star.customers.put(key, row);
  }

  @Test
  void aRuleThatIsNewOrAnotherIsMeasuredInFull() {
    sale(60, 2, 300);
    try (ChangingStar.Candidate candidate = star.candidate()) {
      String edited = RULES.replace("quantity > 0", "quantity >= 0");
      StarVerdict verdict =
          rules(edited)
              .checkStar(spark, ChangingStar.CHECKED, candidate.changes(), candidate.figures());
      assertThat(looked(verdict))
          .containsEntry("expression: quantity >= 0", Looked.ALL)
          .containsEntry("stores", Looked.CHANGE)
          .containsEntry("row_count: >= 3", Looked.CHANGE)
          .containsEntry("unique: order_number", Looked.ALL)
          .containsEntry("past", Looked.ALL)
          .containsEntry("past in a word", Looked.ALL)
          .containsEntry("grain unique", Looked.CHANGE)
          .containsEntry("key unique", Looked.CHANGE);
    }
  }

  @Test
  void aKeyThatWasWrittenTwiceIsFoundThoughReadersMergeIt() {
    sale(60, 2, 300);
    try (ChangingStar.Candidate candidate = star.candidate()) {
      candidate.writtenTwice(ChangingStar.SALES, star.nextSale - 1);
      StarVerdict verdict =
          rules(RULES)
              .checkStar(spark, ChangingStar.CHECKED, candidate.changes(), candidate.figures());
      assertThat(verdict.results())
          .filteredOn(QualityResult::stopsTheRun)
          .extracting(QualityResult::subject, QualityResult::rule)
          .containsExactly(tuple(ChangingStar.SALES, "key unique"));
    }
  }

  private static Map<String, Looked> looked(StarVerdict verdict) {
    return verdict.results().stream()
        .collect(Collectors.toMap(QualityResult::rule, QualityResult::looked, (a, b) -> b));
  }

  /** Judges both ways, which must agree; commits what passes. */
  private List<QualityResult> judged(QualityRules rules, boolean passes) {
    try (ChangingStar.Candidate candidate = star.candidate()) {
      StarVerdict whole = rules.checkStar(spark, ChangingStar.CHECKED, candidate.whole(), Map.of());
      StarVerdict followed =
          rules.checkStar(spark, ChangingStar.CHECKED, candidate.changes(), candidate.figures());
      assertThat(words(followed)).isEqualTo(words(whole));
      assertThat(followed.figures()).isEqualTo(whole.figures());
      if (passes) {
        assertThat(whole.results()).noneMatch(QualityResult::stopsTheRun);
        candidate.commit(followed.figures());
      }
      return followed.results().stream().filter(result -> !result.passed()).toList();
    }
  }

  private static List<String> words(StarVerdict verdict) {
    return verdict.results().stream()
        .map(r -> String.join(" | ", r.subject(), r.rule(), r.expected(), r.found()))
        .toList();
  }

  private QualityRules rules(String yaml) {
    Problems problems = new Problems();
    try {
      Files.writeString(folder.resolve("quality.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return QualityRules.read(
            new ProjectFolder(folder, "", problems),
            Set.of(ChangingStar.CUSTOMER, ChangingStar.SALES),
            Set.of())
        .orElseThrow(() -> new AssertionError(problems));
  }
}
