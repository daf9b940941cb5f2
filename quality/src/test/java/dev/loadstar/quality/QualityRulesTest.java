package dev.loadstar.quality;

import static dev.loadstar.quality.QualityTestSpark.SPARK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.project.ProjectFolder;
import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.core.yaml.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualityRulesTest {
  @TempDir Path folder;

  private final Problems problems = new Problems();

  @Test
  void aSoundStarPassesEveryStandingCheck() {
    List<QualityResult> results = new RuleFixture().check(rules(""));
    assertThat(results).hasSize(16).allMatch(QualityResult::passed);
    assertThat(results)
        .extracting(QualityResult::rule)
        .contains("sold_at lies in the version of customer_key", "versions leave no gap");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dim_customer | (3, 12, 'Ulm', '1900-01-01', '9999-12-31', true, false) | key unique",
        "dim_customer | (null, 12, 'Ulm', '1900-01-01', '9999-12-31', true, false) | key not null",
        "dim_customer | (4, null, 'Ulm', '1900-01-01', '9999-12-31', true, false) | natural key not"
            + " null",
        "dim_customer | (4, 11, 'Ulm', '1900-01-01', '9999-12-31', true, false) | natural key and"
            + " valid_from unique",
        "dim_customer | (4, 11, 'Ulm', '2026-01-01', '9999-12-31', true, false) | versions do not"
            + " overlap",
        "dim_customer | (4, 11, 'Ulm', '2026-01-01', '9999-12-31', true, false) | exactly one"
            + " current version unless deleted",
        "dim_customer | (4, 12, 'Ulm', '1900-01-01', '2026-01-01', false, false) | exactly one"
            + " current version unless deleted",
        "dim_customer | (4, 12, 'Ulm', '2026-02-01', '2026-01-01', true, false) | versions do not"
            + " overlap",
        "fact_sales | (5, 'online', 'A', '2026-01-04 10:00', 1, 20260104, 2, 5, 10.0) | grain"
            + " unique",
        "fact_sales | (5, 'online', null, '2026-01-04 10:00', 1, 20260104, 2, 5, 10.0) | grain not"
            + " null",
        "fact_sales | (4, 'online', 'D', '2026-01-04 10:00', 1, 20260104, 2, 5, 10.0) | key unique",
        "fact_sales | (5, 'online', 'D', '2026-01-04 10:00', null, 20260104, 2, 5, 10.0) |"
            + " customer_key finds its dim_customer",
        "fact_sales | (5, 'online', 'D', '2026-01-04 10:00', 77, 20260104, 2, 5, 10.0) |"
            + " customer_key finds its dim_customer",
        "fact_sales | (5, 'online', 'D', '2026-01-04 10:00', 1, 20260105, 2, 5, 10.0) | date_key"
            + " finds its dim_date",
        "fact_sales | (5, 'online', 'D', '2026-01-04 10:00', 2, 20260104, 2, 5, 10.0) | sold_at"
            + " lies in the version of customer_key",
        "fact_sales | (5, 'online', 'D', '2026-01-05 00:00', 1, 20260104, 2, 5, 10.0) | sold_at"
            + " lies in the version of customer_key",
      })
  void aSpoiledStarFailsTheCheckThatSaysWhat(String table, String row, String rule) {
    List<QualityResult> failed = failures(new RuleFixture().with(table, row).check(rules("")));
    assertThat(failed)
        .anySatisfy(
            result -> {
              assertThat(result.subject()).isEqualTo(table);
              assertThat(result.rule()).isEqualTo(rule);
              assertThat(result.found()).isEqualTo("1 row");
              assertThat(result.stopsTheRun()).isTrue();
            });
  }

  @Test
  void aGapBetweenVersionsIsFoundUnlessTheMemberWasDeleted() {
    String first = "(1, 10, 'Bern', '1900-01-01', '2026-01-05', false, false)";
    RuleFixture gap =
        new RuleFixture()
            .replacing("dim_customer", first, first.replace("2026-01-05", "2026-01-04 20:00"));
    assertThat(failures(gap.check(rules(""))))
        .extracting(QualityResult::rule)
        .containsExactly("versions leave no gap");
    RuleFixture deleted =
        new RuleFixture()
            .replacing(
                "dim_customer",
                first,
                first
                    .replace("2026-01-05", "2026-01-04 20:00")
                    .replace("false, false", "false, true"));
    assertThat(failures(deleted.check(rules("")))).isEmpty();
  }

  @Test
  void aDeletedMemberNeedsNoCurrentVersion() {
    RuleFixture star =
        new RuleFixture()
            .with("dim_customer", "(4, 12, 'Ulm', '1900-01-01', '2026-01-01', false, true)");
    assertThat(failures(star.check(rules("")))).isEmpty();
  }

  /** Table, rule, what is expected and found, whether it passes. */
  private static final List<String> RULES =
      List.of(
          "dim_customer | not_null: city | 0 rows | 0 rows | true",
          "dim_customer | row_count: \">= 3\" | >= 3 rows | 3 rows | true",
          "dim_customer | row_count: \"< 3\" | < 3 rows | 3 rows | false",
          "dim_customer | accepted_values: { city: [Bern, Basel] } | 0 rows | 1 row | false",
          "dim_customer | unique: customer_id | 0 rows | 1 row | false",
          "dim_customer | { unique: customer_id, where: is_current } | 0 rows | 0 rows | true",
          "fact_sales | unique: [channel, order_number] | 0 rows | 0 rows | true",
          "fact_sales | expression: net_amount < 10 | 0 rows | 1 row | false",
          "fact_sales | { expression: net_amount < 10, allow: 25% } | at most 25% of 4 rows | 1 row"
              + " | true",
          "fact_sales | { expression: net_amount < 10, where: channel = 'store' } | 0 rows | 0 rows"
              + " | true",
          "fact_sales | { row_count: = 3, where: channel = 'online' } | = 3 rows | 3 rows | true",
          "fact_sales | unknown_members: { customer: 25% } | at most 25% of 4 rows | 1 row | true",
          "fact_sales | unknown_members: { customer: 24% } | at most 24% of 4 rows | 1 row | false",
          "fact_sales | { unknown_members: { customer: 0% }, where: channel = 'online' } | 0 rows |"
              + " 0 rows | true",
          "fact_sales | relationships: { customer_key: dim_customer.customer_id } | 0 rows | 4 rows"
              + " | false",
          "fact_sales | relationships: { date_key: dim_date.date_key } | 0 rows | 0 rows | true",
          "fact_sales | { reconcile: sum(net_amount), with: sum(quantity * unit_price), of:"
              + " fact_sales, tolerance: 0.5 } | 27 within 0.5 | 26.5000 | true",
          "fact_sales | { reconcile: sum(net_amount), with: sum(quantity * unit_price), of:"
              + " fact_sales, tolerance: 0.49 } | 27 within 0.49 | 26.5000 | false",
          "fact_sales | { reconcile: count(*), where: channel = 'store', with: count(*), of:"
              + " dim_date, of_where: date_key = 20260104 } | 1 within 0 | 1 | true",
          "fact_sales | { reconcile: sum(net_amount), where: channel = 'none', with: sum(date_key),"
              + " of: dim_date, of_where: 1 = 0 } | 0 within 0 | 0 | true",
          "fact_sales | { sql: SELECT 1 FROM fact_sales JOIN dim_date USING (date_key) WHERE"
              + " quantity < 0, expect: no rows } | 0 rows | 0 rows | true",
          "fact_sales | { sql: SELECT 1 FROM fact_sales WHERE quantity > 1, expect: no rows } | 0"
              + " rows | 2 rows | false");

  @Test
  void rulesAreMeasuredTogetherAndJudgedOneByOne() {
    StringBuilder yaml = new StringBuilder();
    List<QualityResult> wanted = new ArrayList<>();
    for (String table : List.of("dim_customer", "fact_sales")) {
      yaml.append(table).append(":\n");
      for (String line : RULES) {
        List<String> parts = Arrays.stream(line.split("\\|")).map(String::strip).toList();
        if (parts.get(0).equals(table)) {
          String name = "rule " + RULES.indexOf(line);
          String rule = parts.get(1);
          yaml.append("  - ")
              .append(
                  rule.startsWith("{")
                      ? rule.substring(0, rule.length() - 1) + ", name: " + name + " }"
                      : rule + "\n    name: " + name)
              .append("\n");
          wanted.add(
              new QualityResult(
                  table,
                  name,
                  QualityResult.Severity.ERROR,
                  Boolean.parseBoolean(parts.get(4)),
                  parts.get(2),
                  parts.get(3)));
        }
      }
    }
    assertThat(wanted).hasSameSizeAs(RULES);
    assertThat(new RuleFixture().check(rules(yaml.toString())))
        .filteredOn(result -> result.rule().startsWith("rule "))
        .containsExactlyElementsOf(wanted);
  }

  @Test
  void aWarningDoesNotStopTheNightAndARuleIsNamedAfterWhatItSays() {
    QualityRules rules =
        rules("dim_customer:\n  - accepted_values: { city: [Bern] }\n    severity: warn\n");
    QualityResult result = failures(new RuleFixture().check(rules)).get(0);
    assertThat(result.rule()).isEqualTo("accepted_values: city");
    assertThat(result.stopsTheRun()).isFalse();
  }

  @Test
  void viewsOfSqlRulesAreGoneAfterwards() {
    new RuleFixture()
        .check(
            rules(
                "fact_sales:\n  - sql: SELECT 1 FROM dim_date WHERE false\n    expect: no rows\n"));
    assertThat(SPARK.catalog().tableExists("dim_date")).isFalse();
  }

  @Test
  void aRuleAboutAColumnThatIsNotThereIsToldWithItsPlace() {
    QualityRules rules = rules("fact_sales:\n  - not_null: [channel, chanel]\n");
    assertThatThrownBy(() -> new RuleFixture().check(rules))
        .isInstanceOfSatisfying(
            LoadException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID))
        .hasMessageContaining("quality.yaml:2:5")
        .hasMessageContaining("not_null: chanel");
  }

  @Test
  void rulesOfEntitiesAreCheckedOnTheRowsOfTheNight() {
    QualityRules rules =
        rules("shop.orders:\n  - not_null: order_id\n  - accepted_values: { status: [new] }\n");
    EntityName orders = EntityName.parse("shop.orders");
    assertThat(rules.entities()).containsExactly(orders);
    List<QualityResult> results =
        rules.checkEntities(
            SPARK,
            Map.of(
                orders,
                SPARK.sql(
                    "SELECT * FROM VALUES (1, 'new'), (2, 'old'), (3, null) AS t(order_id,"
                        + " status)")));
    assertThat(results).extracting(QualityResult::found).containsExactly("0 rows", "1 row");
    assertThat(rules.checkEntities(SPARK, Map.of())).isEmpty();
  }

  @Test
  void everyMistakeIsReportedAtOnceWithItsPlace() throws IOException {
    assertThat(
            read(
                """
                dim_costumer:
                  - not_null: city
                dim_customer:
                  - freshness: valid_from
                  - row_count: many
                  - not_null: city
                    alow: 1%
                  - not_null: city
                    unique: city
                  - expression: city = = 1
                  - unknown_members: { customer: 1% }
                fact_sales:
                  - reconcile: sum(net_amount)
                    with: sum(x)
                    of: fact_sale
                  - sql: DELETE FROM fact_sales
                    expect: no rows
                  - relationships: { date_key: dim_dat.date_key }
                    severity: fatal
                shop.orders:
                  - relationships: { customer_id: shop.customers.customer_id }
                """))
        .isEmpty();
    assertThat(problems.all().stream().map(Object::toString))
        .satisfiesExactly(
            p -> assertThat(p).contains("quality.yaml:1:1", "did you mean \"dim_customer\"?"),
            p -> assertThat(p).contains("quality.yaml:4:5", "unknown rule \"freshness\""),
            p -> assertThat(p).contains("quality.yaml:5:16", "\">= 100\""),
            p -> assertThat(p).contains("quality.yaml:7:5", "\"alow\"", "did you mean \"allow\"?"),
            p -> assertThat(p).contains("quality.yaml:8:5", "one rule in each item"),
            p -> assertThat(p).contains("quality.yaml:10:17", "no Spark SQL expression"),
            p -> assertThat(p).contains("quality.yaml:11:5", "unknown rule \"unknown_members\""),
            p -> assertThat(p).contains("quality.yaml:15:9", "did you mean \"fact_sales\"?"),
            p -> assertThat(p).contains("quality.yaml:16:10", "no Spark SQL query"),
            p -> assertThat(p).contains("quality.yaml:18:32", "did you mean \"dim_date\"?"),
            p -> assertThat(p).contains("quality.yaml:19:15", "\"fatal\""),
            p -> assertThat(p).contains("quality.yaml:21:5", "unknown rule \"relationships\""));
  }

  @Test
  void theShippedRulesAreSound() throws IOException {
    Path root = Path.of(System.getProperty("loadstar.root", ".."));
    Files.copy(root.resolve("config/quality.yaml"), folder.resolve("quality.yaml"));
    assertThat(
            QualityRules.read(
                new ProjectFolder(folder, "", problems),
                Set.of("dim_customer", "dim_product", "dim_location", "dim_date", "fact_sales"),
                Set.of(EntityName.parse("shop.orders"), EntityName.parse("shop.customers"))))
        .isPresent();
    assertThat(problems.all()).isEmpty();
  }

  @Test
  void everyExpressionOverRowsIsAskedForBeforeThereAreAny() {
    QualityRules rules =
        rules(
            """
            fact_sales:
              - expression: quantity > 0
                where: channel = 'store'
              - unique: [channel, order_number]
              - accepted_values: { channel: [online] }
              - not_null: [net_amount]
              - unknown_members: { customer: 1% }
              - relationships: { date_key: dim_date.date_key }
              - reconcile: sum(net_amount)
                with: sum(net_amount)
                of: fact_sales
            """);
    Map<String, String> asked = new java.util.TreeMap<>();
    rules.checkNames(
        (subject, expression) -> {
          asked.put(expression, subject);
          return Optional.of("no " + expression).filter(m -> expression.equals("net_amount"));
        },
        problems);
    assertThat(asked.values()).containsOnly("fact_sales");
    assertThat(asked.keySet())
        .containsExactly(
            "channel",
            "channel = 'store'",
            "customer_key",
            "date_key",
            "net_amount",
            "order_number",
            "quantity > 0");
    assertThat(problems.all()).singleElement().hasToString("quality.yaml:6:5: no net_amount");
  }

  private QualityRules rules(String yaml) {
    Optional<QualityRules> rules = read(yaml);
    assertThat(problems.all()).isEmpty();
    return rules.orElseThrow();
  }

  private Optional<QualityRules> read(String yaml) {
    try {
      Files.writeString(folder.resolve("quality.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return QualityRules.read(
        new ProjectFolder(folder, "", problems),
        Set.of("dim_customer", "dim_date", "fact_sales"),
        Set.of(EntityName.parse("shop.orders"), EntityName.parse("shop.customers")));
  }

  private static List<QualityResult> failures(List<QualityResult> results) {
    return results.stream().filter(result -> !result.passed()).toList();
  }
}
