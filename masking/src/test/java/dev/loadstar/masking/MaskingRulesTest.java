package dev.loadstar.masking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.project.ProjectFolder;
import dev.loadstar.core.yaml.Location;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.masking.technique.Technique;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingRulesTest {
  private static final EntityName CUSTOMERS = EntityName.parse("shop.customers");
  private static final EntityName ORDERS = EntityName.parse("shop.orders");
  private static final String CLASSIFICATION =
      """
      classes:
        loyalty_number: like payment_card
      entities:
        shop.customers:
          customer_id: not_personal
          phone: phone
          contact: email
          ssn: national_id
          card: loyalty_number
        shop.orders: not_personal
      patterns:
        "*_at": not_personal
        "*email*": email
      """;

  @TempDir Path folder;
  private final Problems problems = new Problems();

  @BeforeEach
  void makeFolder() throws IOException {
    Files.createDirectories(folder.resolve("masking"));
  }

  private Optional<MaskingRules> read(String classification, String policies) throws IOException {
    Files.writeString(folder.resolve("masking/classification.yaml"), classification);
    Files.writeString(folder.resolve("masking/policies.yaml"), policies);
    return MaskingRules.read(
        new ProjectFolder(folder, "config", problems), Set.of(CUSTOMERS, ORDERS));
  }

  private List<String> messages() {
    return problems.all().stream().map(Problems.Problem::toString).toList();
  }

  @Test
  void theShippedRulesAreSound() {
    Path shipped = Path.of(System.getProperty("loadstar.root", ".."), "config");
    Set<EntityName> all =
        Set.of(
            CUSTOMERS,
            ORDERS,
            EntityName.parse("shop.products"),
            EntityName.parse("shop.order_lines"),
            EntityName.parse("shop.payments"),
            EntityName.parse("stores.stores"),
            EntityName.parse("tills.sales"));
    Optional<MaskingRules> rules =
        MaskingRules.read(new ProjectFolder(shipped, "config", problems), all);

    assertThat(messages()).isEmpty();
    assertThat(rules).map(MaskingRules::usesVault).contains(true);
  }

  @Test
  void anExactNameWinsAndAPersonalPatternBeatsAnEntityAsAWhole() throws IOException {
    MaskingRules rules = read(CLASSIFICATION, "classes: { email: hash }").orElseThrow();

    assertThat(rules.classification().of(CUSTOMERS, "contact"))
        .map(c -> c.name())
        .contains("email");
    assertThat(rules.classification().of(CUSTOMERS, "updated_at"))
        .map(c -> c.name())
        .contains("not_personal");
    assertThat(rules.classification().of(CUSTOMERS, "unheard_of")).isEmpty();
    assertThat(rules.classification().of(ORDERS, "anything"))
        .map(c -> c.name())
        .contains("not_personal");
    assertThat(rules.classification().of(ORDERS, "contact_email"))
        .map(c -> c.name())
        .contains("email");
  }

  @Test
  void aClassWithoutPolicyIsRedacted() throws IOException {
    MaskingRules rules = read(CLASSIFICATION, "").orElseThrow();

    assertThat(rules.policies().of("phone").technique()).isEqualTo(new Technique.Redact());
  }

  @Test
  void anExceptionCountsFromItsDate() throws IOException {
    MaskingRules rules =
        read(
                CLASSIFICATION,
                """
                columns:
                  shop.customers.phone:
                    technique: nullify
                    effective_from: 2026-12-01
                    reason: agreed
                """)
            .orElseThrow();

    assertThat(rules.policies().exception(CUSTOMERS, "phone", LocalDate.parse("2026-11-30")))
        .isEmpty();
    assertThat(rules.policies().exception(CUSTOMERS, "phone", LocalDate.parse("2026-12-01")))
        .isPresent();
  }

  @Test
  void aConditionThatIsNoExpressionIsRefusedWithItsPlace() throws IOException {
    Optional<MaskingRules> rules =
        read(
            CLASSIFICATION,
            """
            columns:
              shop.customers.phone:
                technique: nullify
                when: country =
                reason: agreed
            """);

    assertThat(rules).isEmpty();
    assertThat(problems.all())
        .singleElement()
        .asString()
        .contains("policies.yaml:4:11", "is no Spark SQL expression: \"country =\"");
  }

  @Test
  void everyMistakeIsReportedAtOnceWithItsPlace() throws IOException {
    Optional<MaskingRules> rules =
        read(
            """
            classes:
              crew: like emial
            entities:
              shop.custmers: not_personal
              shop.orders: { Order ID: not_personal, note: fre_text }
            patterns:
              "*_id": not_personal
            """,
            """
            ownr: x
            classes:
              emial: hash
              email: hsh
              phone: { technique: partial, keep_last: 40 }
              iban: { technique: hash, keep_last: 4 }
              birth_date: generalize
              postcode: { technique: generalize, to: week }
              not_personal: hash
            columns:
              shop.orders.total: { technique: nullify }
              shop.nothing.total: { technique: nullify, reason: none }
            """);

    assertThat(rules).isEmpty();
    assertThat(messages())
        .hasSize(16)
        .anyMatch(
            m -> m.startsWith("config/masking/classification.yaml:2:9:") && m.contains("like"))
        .anyMatch(
            m -> m.contains("unknown entity \"shop.custmers\"; did you mean \"shop.customers\"?"))
        .anyMatch(m -> m.contains("write \"order_id\""))
        .anyMatch(m -> m.contains("unknown class \"fre_text\"; did you mean \"free_text\"?"))
        .anyMatch(m -> m.contains("the pattern \"*_id\" would let national_id through"))
        .anyMatch(m -> m.contains("unknown key \"ownr\"; did you mean \"owner\"?"))
        .anyMatch(m -> m.contains("unknown class \"emial\"; did you mean \"email\"?"))
        .anyMatch(m -> m.contains("unknown value \"hsh\"; did you mean \"hash\"?"))
        .anyMatch(m -> m.contains("a whole number from 0 to 8"))
        .anyMatch(m -> m.contains("unknown key \"keep_last\""))
        .anyMatch(m -> m.contains("generalize needs \"to\""))
        .anyMatch(m -> m.contains("expected month, year, decade"))
        .anyMatch(m -> m.contains("not_personal passes as it is"))
        .anyMatch(m -> m.contains("\"shop.orders.total\" is not classified, so it is withheld"))
        .anyMatch(m -> m.contains("an exception needs a \"reason\""))
        .anyMatch(m -> m.contains("unknown entity \"shop.nothing\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "phone | {technique: partial, keep_last: 4, tests: [{in: '+1 212 555 0142', out:"
            + " '********0142'}]} | true",
        "phone | {technique: partial, keep_last: 4, tests: [{in: '142', out: '***'}]} | true",
        "phone | {technique: partial, keep_last: 4, tests: [{in: '+1 212 555 0142', out: '0142'}]}"
            + " | false",
        "email | {technique: hash, tests: [{in: ' Ann@Example.com', same_as: ann@example.com}]} |"
            + " true",
        "email | {technique: hash, tests: [{in: bob@example.com, same_as: ann@example.com}]} |"
            + " false",
        "email | {technique: hash, tests: [{in: bob@example.com, out: abc}]} | false",
        "payment_card | {technique: tokenize, tests: [{in: '4111 1111', same_as: '41111111'}]} |"
            + " true",
        "birth_date | {technique: generalize, to: decade, tests: [{in: 1987-06-05, out:"
            + " 1980-01-01}]} | true",
        "birth_date | {technique: generalize, to: year, tests: [{in: soon, out: }]} | true",
        "postcode | {technique: generalize, to: 3, tests: [{in: ' 10115 ', out: 101}]} | true",
        "free_text | {technique: nullify, tests: [{in: x, out: }]} | true",
        "free_text | {technique: nullify, tests: [{in: x}]} | false",
        "person_name | {technique: redact, tests: [{in: x, out: '[redacted]'}]} | true",
      })
  void testsBesideARuleAreRun(String name, String rule, boolean sound) throws IOException {
    Optional<MaskingRules> rules =
        read(CLASSIFICATION, "classes:\n  %s: %s\n".formatted(name, rule));

    assertThat(rules.isPresent()).as("%s", messages()).isEqualTo(sound);
  }

  @Test
  void keyColumnsMustStayComparable() throws IOException {
    MaskingRules rules = read(CLASSIFICATION, "classes: { email: hash }").orElseThrow();
    rules.checkKey(
        CUSTOMERS,
        List.of("customer_id", "contact", "phone", "nowhere"),
        Location.of("sources.yaml"),
        problems);

    assertThat(messages())
        .hasSize(2)
        .anyMatch(m -> m.contains("shop.customers.phone is masked by redact"))
        .anyMatch(m -> m.contains("shop.customers.nowhere is not classified"));
  }

  @Test
  void rulesWhoseReviewIsDueAreNamed() throws IOException {
    MaskingRules rules =
        read(CLASSIFICATION, "owner: a@b.example\nreview_by: 2026-01-01\nclasses: { email: hash }")
            .orElseThrow();

    assertThat(rules.overdue(LocalDate.parse("2026-01-01"))).isEmpty();
    assertThat(rules.overdue(LocalDate.parse("2026-01-02"))).containsEntry("email", "a@b.example");
  }
}
